package dev.gatefold.executor.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatefold.executor.store.AuditEntry;
import dev.gatefold.executor.store.HistoryEntry;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One line of {@code audit -o json} and {@code -o csv}; what is not known is null. */
public record AuditShape(
    String at,
    String change,
    String actor,
    String kind,
    @Nullable String stage,
    @Nullable String evidence,
    @Nullable String verdict,
    @Nullable String reason,
    String result,
    String text,
    @JsonProperty("client_addr") @Nullable String clientAddr,
    @JsonProperty("application_name") @Nullable String applicationName,
    @Nullable String process) {

  /** The names of the columns, in their order. */
  public static final List<String> FIELDS =
      List.of(
          "at",
          "change",
          "actor",
          "kind",
          "stage",
          "evidence",
          "verdict",
          "reason",
          "result",
          "text",
          "client_addr",
          "application_name",
          "process");

  public static AuditShape of(AuditEntry line) {
    HistoryEntry entry = line.entry();
    return new AuditShape(
        entry.at().toString(),
        entry.change().value(),
        entry.actor(),
        entry.kind(),
        line.stage().orElse(null),
        line.evidence().orElse(null),
        line.verdict().orElse(null),
        line.reason().orElse(null),
        line.result(),
        entry.text(),
        line.clientAddr().orElse(null),
        line.application().orElse(null),
        line.process().orElse(null));
  }

  /** In the order of {@link #FIELDS}; what is not known is empty. */
  public List<String> values() {
    return Stream.of(
            at,
            change,
            actor,
            kind,
            stage,
            evidence,
            verdict,
            reason,
            result,
            text,
            clientAddr,
            applicationName,
            process)
        .map(value -> Objects.requireNonNullElse(value, ""))
        .toList();
  }
}
