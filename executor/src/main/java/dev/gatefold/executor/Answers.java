package dev.gatefold.executor;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.util.Optional;

/** Sentences that several commands end with. */
final class Answers {

  private Answers() {}

  static Outcome noSuchChange(ChangeName change) {
    return new Outcome.OutOfOrder(
        "there is no change \"%s\" in this database".formatted(change),
        "See \"gatefold list\", or submit its file.");
  }

  static Outcome paused(ChangeName change) {
    return new Outcome.Waits(
        "the change %s is paused".formatted(change), "Lift it: gatefold resume " + change);
  }

  static String next(ChangeName change, Optional<StageName> stage) {
    return stage
        .map(name -> "Next: gatefold promote " + change + " " + name.word())
        .orElse("Nothing is left to do.");
  }

  static String next(Rollout rollout) {
    return switch (rollout.state()) {
      case ROLLED_BACK -> "Submit its file again to plan it anew.";
      case ROLLING_BACK -> "Next: gatefold rollback " + rollout.change();
      case PLANNED,
          EXPANDING,
          EXPANDED,
          BACKFILLING,
          BACKFILLED,
          RETIRING,
          RETIRED,
          DROPPING,
          COMPLETED ->
          next(rollout.change(), rollout.next());
    };
  }
}
