package dev.gatefold.executor.cli;

import dev.gatefold.planner.change.StandaloneBackfill;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Leaves a backfill to workers. */
@Command(
    name = "schedule",
    description = "Leaves a backfill to workers (gatefold work): at its times, or once.")
final class ScheduleBackfill extends Verb {

  @Parameters(paramLabel = "FILE", description = "The file of the backfill.")
  private String file;

  ScheduleBackfill(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    InputFile input = InputFile.read(call, file, RunBackfill.CURE);
    StandaloneBackfill backfill = input.backfill();
    return call.finish(
        backfill.name(),
        call.work((rollouts, listener) -> rollouts.backfills().schedule(backfill, input.text())));
  }
}
