package dev.gatefold.planner.standalone;

import dev.gatefold.planner.change.StandaloneBackfill;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.UniqueKey;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Along which key a backfill goes. */
final class Walk {

  private Walk() {}

  /** The first key of which it sets no column: it must not move the rows under its own feet. */
  static Optional<UniqueKey> of(StandaloneBackfill backfill, Table table) {
    Set<Integer> set = set(backfill, table);
    return table.keys().stream().filter(key -> key.spares(set)).findFirst();
  }

  /** The numbers of the columns that it sets. */
  static Set<Integer> set(StandaloneBackfill backfill, Table table) {
    return backfill.set().stream()
        .flatMap(assignment -> table.column(assignment.column()).stream())
        .map(Column::attnum)
        .collect(Collectors.toSet());
  }
}
