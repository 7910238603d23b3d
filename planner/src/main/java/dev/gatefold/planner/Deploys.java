package dev.gatefold.planner;

import dev.gatefold.planner.replacement.ColumnGroup;
import dev.gatefold.planner.replacement.NewColumn;
import dev.gatefold.planner.replacement.TableReplacement;
import java.util.List;

/** What applications have to do between the stages, in words. */
final class Deploys {

  private Deploys() {}

  static List<String> of(List<TableReplacement> tables) {
    return tables.stream()
        .flatMap(table -> table.groups().stream().flatMap(group -> of(table, group).stream()))
        .toList();
  }

  private static List<String> of(TableReplacement table, ColumnGroup group) {
    String old = table.table().name() + "." + group.oldNames();
    NewColumn first = group.news().get(0);
    if (table.fed() && !first.keepsName()) {
      return List.of(
          "before retire: deploy a version that uses %s as long as it is there, and %s.%s from then on"
              .formatted(old, table.table().name(), group.newNames()));
    }
    if (first.keepsName()) {
      return List.of(
          "before retire: deploy a version that copes with %s as %s and as %s"
              .formatted(old, group.olds().get(0).column().type().sql(), first.type().sql()));
    }
    return List.of(
        "once backfilled: deploy the version that uses %s.%s"
            .formatted(table.table().name(), group.newNames()),
        "before retire: every version that uses %s must be gone".formatted(old));
  }
}
