package dev.gatefold.executor.cli;

import dev.gatefold.planner.change.StandaloneBackfill;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs a backfill in the foreground. */
@Command(name = "run", description = "Runs a backfill; the same command goes on where it stopped.")
final class RunBackfill extends Verb {

  static final String CURE = "Check the name; docs/backfills.md says what stands in such a file.";

  @Parameters(paramLabel = "FILE", description = "The file of the backfill.")
  private String file;

  RunBackfill(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    InputFile input = InputFile.read(call, file, CURE);
    StandaloneBackfill backfill = input.backfill();
    return call.finish(
        backfill.name(),
        call.work(
            (rollouts, listener) ->
                rollouts
                    .backfills()
                    .run(
                        backfill,
                        input.text(),
                        listener.rows(
                            call.json() ? progress -> {} : call.backfillLines(backfill.name())))));
  }
}
