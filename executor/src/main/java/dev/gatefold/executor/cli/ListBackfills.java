package dev.gatefold.executor.cli;

import dev.gatefold.executor.cli.text.BackfillsText;
import dev.gatefold.executor.report.BackfillsShape;
import dev.gatefold.executor.standalone.Backfills.Standing;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists backfills of their own, a line each. */
@Command(name = "list", description = "Lists backfills: when each runs next and how the last went.")
final class ListBackfills extends Verb {

  ListBackfills(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    List<Standing> all = call.ask(rollouts -> rollouts.backfills().list());
    if (call.json()) {
      call.print(BackfillsShape.of(all));
    } else {
      new BackfillsText(call.console()).table(all);
    }
    return ExitCode.DONE;
  }
}
