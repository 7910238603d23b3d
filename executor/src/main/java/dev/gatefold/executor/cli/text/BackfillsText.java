package dev.gatefold.executor.cli.text;

import dev.gatefold.executor.standalone.Backfills.Standing;
import dev.gatefold.executor.standalone.Run;
import java.util.List;
import java.util.Optional;

/** Where backfills of their own stand. */
public final class BackfillsText {

  private static final String ROW = "%-32s %-24s %-10s %-24s %-21s %s";

  private final Console console;

  public BackfillsText(Console console) {
    this.console = console;
  }

  /** A line for each, with how its last run ended or is doing, and what it cost. */
  public void table(List<Standing> all) {
    if (all.isEmpty()) {
      console.line("No backfill is recorded.");
      return;
    }
    console.line(ROW.formatted("BACKFILL", "TABLE", "STATE", "ROWS", "NEXT", "SCHEDULE"));
    for (Standing standing : all) {
      console.line(
          ROW.formatted(
              standing.backfill().name(),
              standing.backfill().table(),
              standing.word(),
              standing.last().flatMap(BackfillsText::rows).orElse("-"),
              standing.backfill().next().map(Wording::time).orElse("-"),
              standing.backfill().schedule().orElse("-")));
      standing.last().flatMap(BackfillsText::ended).ifPresent(console::line);
      FillingText.fields(standing.filling(), List.of())
          .forEach(field -> console.line(field.line()));
    }
  }

  private static Optional<String> rows(Run run) {
    if (run.rowsDone() == 0 && run.rowsTotal() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        run.rowsTotal() > run.rowsDone() && !run.state().over()
            ? "%s of %s".formatted(Wording.count(run.rowsDone()), Wording.count(run.rowsTotal()))
            : Wording.count(run.rowsDone()));
  }

  private static Optional<String> ended(Run run) {
    return run.endedAt()
        .map(
            at ->
                "  last: %s %s: %s"
                    .formatted(run.state().word(), Wording.time(at), run.outcome().orElse("-")));
  }
}
