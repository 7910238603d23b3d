package dev.gatefold.executor;

import dev.gatefold.backfill.verify.Repair.Side;
import dev.gatefold.backfill.verify.RepairSql;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Rollout;
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

  /** Empty where they may be. */
  static Optional<Outcome> of(Rollout rollout, List<VerifyRows> passes, Optional<Side> from) {
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
