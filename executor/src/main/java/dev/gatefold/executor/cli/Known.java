package dev.gatefold.executor.cli;

import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.planner.change.ChangeName;
import java.util.Optional;

/** Changes that must be on record. */
final class Known {

  private Known() {}

  static Rollout find(Call call, ChangeName change) throws Exception {
    return orFail(call.database(), change, call.ask(rollouts -> rollouts.find(change)));
  }

  static Rollout orFail(DatabaseUrl url, ChangeName change, Optional<Rollout> found) {
    return found.orElseThrow(
        () ->
            CommandFailure.usage(
                "%s has no change \"%s\"".formatted(url.place(), change),
                "See which there are: gatefold list"));
  }
}
