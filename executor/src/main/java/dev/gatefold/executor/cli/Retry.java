package dev.gatefold.executor.cli;

import dev.gatefold.planner.change.ChangeName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs the stage that failed once more. */
@Command(
    name = "retry",
    description = "Runs the stage that failed once more, from the step that failed.")
final class Retry extends Verb {

  @Parameters(paramLabel = "CHANGE", description = "The change.")
  private ChangeName change;

  Retry(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    return call.finish(change, call.work((rollouts, listener) -> rollouts.retry(change, listener)));
  }
}
