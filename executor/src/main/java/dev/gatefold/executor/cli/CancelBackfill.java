package dev.gatefold.executor.cli;

import dev.gatefold.planner.change.ChangeName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends a backfill. */
@Command(
    name = "cancel",
    description = "Ends a backfill after its batch, and takes it off the timetable.")
final class CancelBackfill extends Verb {

  @Parameters(paramLabel = "NAME", description = "The backfill.")
  private ChangeName name;

  CancelBackfill(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    return call.finish(name, call.work((rollouts, listener) -> rollouts.backfills().cancel(name)));
  }
}
