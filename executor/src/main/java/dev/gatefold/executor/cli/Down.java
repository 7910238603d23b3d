package dev.gatefold.executor.cli;

import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeName;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Undoes all of a change. */
@Command(name = "down", description = "Undoes all stages of a change.")
final class Down extends Verb {

  @Parameters(paramLabel = "CHANGE", description = "The change.")
  private ChangeName change;

  Down(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    return call.finish(
        change,
        call.work(
            (rollouts, listener) ->
                rollouts.rollback(change, Optional.of(RolloutState.PLANNED), listener)));
  }
}
