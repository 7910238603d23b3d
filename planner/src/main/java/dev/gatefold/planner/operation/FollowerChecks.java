package dev.gatefold.planner.operation;

import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Follower;
import dev.gatefold.planner.schema.TableProbe.FollowerProbe;
import dev.gatefold.planner.schema.TableProbe.Probed;
import dev.gatefold.planner.schema.TableProbe.Turn;
import dev.gatefold.planner.schema.TableProbe.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reasons in what would have to read the new column: views, rules, policies and the like. */
final class FollowerChecks {

  private static final String CURE =
      "Drop it before and make it again after the change, or leave this column out.";

  private FollowerChecks() {}

  static List<Reason> reasons(Target target) {
    List<Reason> reasons = new ArrayList<>();
    for (Follower follower : target.table().followers()) {
      if (follower.direct() && target.touches(follower.columns())) {
        follower
            .obstacle()
            .ifPresent(why -> reasons.add(reason("not-carried", target, follower, why)));
      }
    }
    for (FollowerProbe probe : target.tableProbe().followers()) {
      if (!probe.follower().direct() || target.touches(probe.follower().columns())) {
        probe
            .turn()
            .match(
                turn -> fixed(target, probe.follower(), turn),
                rejected -> unfit(target, probe.follower(), rejected))
            .ifPresent(reasons::add);
      }
    }
    return reasons;
  }

  /** The server does not change the type of a column that anything of the kind reads. */
  static List<Reason> inTheWay(Target target) {
    return target.table().followers().stream()
        .filter(follower -> target.touches(follower.columns()))
        .map(
            follower ->
                reason(
                    "not-carried",
                    target,
                    follower,
                    "the type cannot be changed in place while it does"))
        .toList();
  }

  private static Optional<Reason> fixed(Target target, Follower follower, Turn turn) {
    return turn.way() == Way.MAKE_AGAIN
        ? follower
            .fixed()
            .map(
                why ->
                    reason(
                        "not-carried",
                        target,
                        follower,
                        "it would have to be dropped and made again under another type, but "
                            + why))
        : Optional.empty();
  }

  private static Optional<Reason> unfit(
      Target target, Follower follower, Probed.Rejected<?> rejected) {
    return Optional.of(
        reason(
            "does-not-fit",
            target,
            follower,
            "it cannot be made over the new column: " + rejected.message()));
  }

  private static Reason reason(String code, Target target, Follower follower, String why) {
    return new Reason(
        code, target.label(), follower.identity() + " reads the column: " + why, CURE);
  }
}
