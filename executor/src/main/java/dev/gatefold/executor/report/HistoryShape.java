package dev.gatefold.executor.report;

import dev.gatefold.executor.store.HistoryEntry;

/** One line of {@code history -o json}. */
public record HistoryShape(String change, String at, String actor, String kind, String text) {

  public static HistoryShape of(HistoryEntry entry) {
    return new HistoryShape(
        entry.change().value(), entry.at().toString(), entry.actor(), entry.kind(), entry.text());
  }
}
