package dev.gatefold.executor.cli;

import dev.gatefold.executor.cli.text.Wording;
import dev.gatefold.executor.report.HistoryShape;
import dev.gatefold.executor.store.HistoryEntry;
import dev.gatefold.planner.change.ChangeName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells what happened. */
@Command(name = "history", description = "Tells what happened, when and by whom, oldest first.")
final class History extends Verb {

  @Parameters(arity = "0..1", paramLabel = "CHANGE", description = "The change; without it, all.")
  private @Nullable ChangeName change;

  History(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    if (change != null) {
      Known.find(call, change);
    }
    List<HistoryEntry> entries =
        call.ask(rollouts -> rollouts.history(Optional.ofNullable(change)));
    for (HistoryEntry entry : entries) {
      if (call.json()) {
        call.print(HistoryShape.of(entry));
      } else {
        call.console()
            .line(
                "%s  %s  %s  %-12s %s"
                    .formatted(
                        Wording.time(entry.at()),
                        entry.change(),
                        entry.actor(),
                        entry.kind(),
                        entry.text()));
      }
    }
    if (entries.isEmpty() && !call.json()) {
      call.console().line("Nothing has happened yet.");
    }
    return ExitCode.DONE;
  }
}
