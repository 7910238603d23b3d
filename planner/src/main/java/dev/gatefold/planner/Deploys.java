package dev.gatefold.planner;

import dev.gatefold.planner.replacement.ColumnReplacement;
import dev.gatefold.planner.replacement.TableReplacement;
import java.util.List;

/** What applications have to do between the stages, in words. */
final class Deploys {

  private Deploys() {}

  static List<String> of(List<TableReplacement> tables) {
    return tables.stream()
        .flatMap(table -> table.columns().stream().flatMap(column -> of(table, column).stream()))
        .toList();
  }

  private static List<String> of(TableReplacement table, ColumnReplacement column) {
    String old = table.table().name() + "." + column.old().name();
    if (column.keepsName()) {
      return List.of(
          "before retire: deploy a version that copes with %s as %s and as %s"
              .formatted(old, column.old().type().sql(), column.type().sql()));
    }
    return List.of(
        "once backfilled: deploy the version that uses %s.%s"
            .formatted(table.table().name(), column.finalName()),
        "before retire: every version that uses %s must be gone".formatted(old));
  }
}
