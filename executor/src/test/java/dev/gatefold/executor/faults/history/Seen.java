package dev.gatefold.executor.faults.history;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A row as somebody saw it: for each column, its value in each shape that was looked at. */
public record Seen(long version, List<Map<Side, Optional<String>>> cells) {

  public Seen {
    cells = List.copyOf(cells);
  }
}
