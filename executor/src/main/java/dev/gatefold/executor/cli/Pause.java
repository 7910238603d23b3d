package dev.gatefold.executor.cli;

import dev.gatefold.planner.change.ChangeName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Holds a change. */
@Command(
    name = "pause",
    description = "Ends the running promote after its batch and refuses new ones until resume.")
final class Pause extends Verb {

  @Parameters(paramLabel = "CHANGE", description = "The change.")
  private ChangeName change;

  Pause(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    return call.finish(change, call.work((rollouts, listener) -> rollouts.pause(change)));
  }
}
