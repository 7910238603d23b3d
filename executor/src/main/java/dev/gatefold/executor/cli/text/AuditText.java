package dev.gatefold.executor.cli.text;

import dev.gatefold.executor.store.AuditEntry;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One line of the record for people, and one below it with what else is known. */
public final class AuditText {

  private AuditText() {}

  public static void print(Console console, AuditEntry line) {
    console.line(
        "%s  %s  %s  %s (%s)  %s"
            .formatted(
                Wording.time(line.entry().at()),
                line.entry().change(),
                line.entry().actor(),
                line.entry().kind(),
                line.result(),
                line.entry().text()));
    String more =
        Stream.of(
                line.evidence().map(it -> "evidence " + it),
                line.verdict().map(it -> "gate " + it),
                line.process(),
                line.clientAddr().map(it -> "from " + it),
                line.application().map(it -> "as " + it))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    if (!more.isEmpty()) {
      console.line("    " + more);
    }
  }
}
