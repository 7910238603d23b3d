package dev.gatefold.executor.cli;

import dev.gatefold.executor.cli.text.AuditText;
import dev.gatefold.executor.report.AuditShape;
import dev.gatefold.executor.report.Csv;
import dev.gatefold.executor.store.AuditEntry;
import dev.gatefold.planner.change.ChangeName;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The whole record. */
@Command(
    name = "audit",
    description = "Tells who did what, when, why, on which evidence, from where, and how it ended.")
final class Audit extends Verb {

  @Parameters(arity = "0..1", paramLabel = "CHANGE", description = "The change; without it, all.")
  private @Nullable ChangeName change;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "From then on, such as 2026-11-01 or 2026-11-01T08:00:00Z; days are in UTC.")
  private @Nullable Instant since;

  @Option(names = "--until", paramLabel = "TIME", description = "Up to then, exclusive.")
  private @Nullable Instant until;

  Audit(Call call) {
    super(call);
  }

  @Override
  Set<Format> formats() {
    return EnumSet.of(Format.TEXT, Format.JSON, Format.CSV);
  }

  @Override
  int run(Call call) throws Exception {
    if (change != null) {
      Known.find(call, change);
    }
    List<AuditEntry> entries =
        call.ask(
            rollouts ->
                rollouts.audit(
                    Optional.ofNullable(change),
                    Optional.ofNullable(since),
                    Optional.ofNullable(until)));
    if (call.format() == Format.CSV) {
      call.console().line(Csv.line(AuditShape.FIELDS));
    }
    entries.forEach(entry -> print(call, entry));
    if (entries.isEmpty() && call.format() == Format.TEXT) {
      call.console().line("Nothing has happened in that time.");
    }
    return ExitCode.DONE;
  }

  private static void print(Call call, AuditEntry entry) {
    switch (call.format()) {
      case JSON -> call.print(AuditShape.of(entry));
      case CSV -> call.console().line(Csv.line(AuditShape.of(entry).values()));
      case TEXT -> AuditText.print(call.console(), entry);
      case SQL, MARKDOWN -> throw new IllegalStateException("formats() does not offer it");
    }
  }
}
