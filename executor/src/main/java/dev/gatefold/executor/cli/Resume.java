package dev.gatefold.executor.cli;

import dev.gatefold.planner.change.ChangeName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lifts a pause. */
@Command(name = "resume", description = "Lifts a pause; then run promote once more.")
final class Resume extends Verb {

  @Parameters(paramLabel = "CHANGE", description = "The change.")
  private ChangeName change;

  Resume(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    return call.finish(change, call.work((rollouts, listener) -> rollouts.resume(change)));
  }
}
