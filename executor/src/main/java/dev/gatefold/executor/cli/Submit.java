package dev.gatefold.executor.cli;

import dev.gatefold.planner.change.Change;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Records a change and its plan. */
@Command(
    name = "submit",
    description = "Records the change and its plan; the same file again changes nothing.")
final class Submit extends Verb {

  @Parameters(paramLabel = "FILE", description = "The change file.")
  private String file;

  Submit(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    InputFile input = InputFile.read(call, file);
    Change change = input.change();
    return call.finish(
        change.name(), call.work((rollouts, listener) -> rollouts.submit(change, input.text())));
  }
}
