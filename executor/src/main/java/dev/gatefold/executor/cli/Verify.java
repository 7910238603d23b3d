package dev.gatefold.executor.cli;

import dev.gatefold.planner.change.ChangeName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Compares old and new shape of every row. */
@Command(
    name = "verify",
    description = "Compares old and new shape of every row, prints the keys that differ.")
final class Verify extends Verb {

  @Parameters(paramLabel = "CHANGE", description = "The change.")
  private ChangeName change;

  Verify(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    return call.finish(
        change, call.work((rollouts, listener) -> rollouts.verify(change, listener)));
  }
}
