package dev.gatefold.executor;

import dev.gatefold.backfill.verify.Repair.Side;
import dev.gatefold.backfill.verify.RepairSql;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.FeedStore.Made;
import dev.gatefold.planner.plan.Feed;
import dev.gatefold.planner.plan.Step.VerifyRows;
import dev.gatefold.planner.plan.SyncMode;
import java.util.List;
import java.util.Optional;

/**
 * Why rows are not repaired as they were asked to be: nobody but a person knows which side is
 * right.
 */
final class RepairRefusal {

  private RepairRefusal() {}

  /** What lags behind would be written over what applications have just written. */
  private static Optional<Outcome> fromBehind(Rollout rollout, List<Made> feeds, Side from) {
    return feeds.stream()
        .filter(made -> (made.feed().from() == Feed.Written.OLD) != (from == Side.OLD))
        .findFirst()
        .map(
            made ->
                new Outcome.OutOfOrder(
                    "%s is %s: a change feed keeps %s in step, and on that side it lags"
                        .formatted(
                            rollout.change(), rollout.state().word(), made.feed().rows().table()),
                    "gatefold verify %s --repair --from %s: the side that applications write"
                        .formatted(rollout.change(), from == Side.OLD ? "new" : "old")));
  }

  /** Empty where they may be. */
  static Optional<Outcome> of(
      Rollout rollout, List<VerifyRows> passes, List<Made> feeds, Optional<Side> from) {
    Optional<Outcome> behind = fromBehind(rollout, feeds, from.orElse(Side.OLD));
    if (behind.isPresent()) {
      return behind;
    }
    boolean bothWays = passes.stream().anyMatch(pass -> pass.mode() == SyncMode.BOTH);
    if (bothWays && from.isEmpty()) {
      return Optional.of(
          new Outcome.OutOfOrder(
              "%s is %s: old and new applications write, and of a row that differs nobody but you"
                      .formatted(rollout.change(), rollout.state().word())
                  + " knows which side is right",
              "gatefold verify %1$s --repair --from old computes the new columns of those rows anew"
                      .formatted(rollout.change())
                  + " with \"up\"; --from new computes the old ones with \"down\". Rows that agree"
                  + " either way are left alone. Without --repair it prints the keys."));
    }
    boolean oneWay = passes.stream().anyMatch(pass -> pass.mode() != SyncMode.BOTH);
    if (oneWay && from.equals(Optional.of(Side.NEW))) {
      return Optional.of(
          new Outcome.OutOfOrder(
              "%s is %s: until backfilled the old columns alone count"
                  .formatted(rollout.change(), rollout.state().word()),
              "Leave out --from, or name the old side."));
    }
    return passes.stream()
        .filter(pass -> !RepairSql.possible(pass.rows(), from.orElse(Side.OLD)))
        .findFirst()
        .map(
            pass ->
                new Outcome.OutOfOrder(
                    "from that side nothing can be computed for %s: its columns move to another"
                            .formatted(pass.rows().table())
                        + " table, have no way back, or were planned by an earlier version",
                    "Mend the rows by hand with plain UPDATEs; the sync carries them over."));
  }
}
