package dev.gatefold.executor.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups what is done with backfills; alone it does nothing. */
@Command(
    name = "backfill",
    description =
        "run, schedule, list and cancel backfills of their own; pace changes the pace of any.")
final class BackfillVerbs implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what: gatefold backfill run, schedule, list, cancel or pace");
  }
}
