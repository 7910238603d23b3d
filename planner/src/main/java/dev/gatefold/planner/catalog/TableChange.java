package dev.gatefold.planner.catalog;

import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.Operation;
import dev.gatefold.planner.change.Operation.AlterColumn;
import dev.gatefold.planner.change.Operation.DefaultChange;
import dev.gatefold.planner.change.Operation.Mapping;
import dev.gatefold.planner.change.Operation.RenameColumn;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a change wants of one table, column by column in the order of the file. */
record TableChange(TableName table, Map<Identifier, Wish> columns) {

  /**
   * What is wanted of one column.
   *
   * @param type the author's text for the new type; empty where the type stays
   * @param newDefault the wanted default; empty where it stays
   */
  record Wish(
      Identifier finalName,
      Optional<String> type,
      Optional<DefaultChange> newDefault,
      Mapping mapping) {}

  private static final Operation.Cases<Map.Entry<Identifier, Wish>> WISHES =
      new Operation.Cases<>() {
        @Override
        public Map.Entry<Identifier, Wish> renameColumn(RenameColumn rename) {
          return Map.entry(
              rename.column(),
              new Wish(rename.to(), Optional.empty(), Optional.empty(), Mapping.PLAIN));
        }

        @Override
        public Map.Entry<Identifier, Wish> alterColumn(AlterColumn alter) {
          return Map.entry(
              alter.column(),
              new Wish(
                  alter.finalName(),
                  alter.wanted().type(),
                  alter.wanted().defaultValue(),
                  alter.mapping()));
        }
      };

  /** The wishes of a change by table. Of two for one column the first counts. */
  static Map<TableName, TableChange> of(Change change) {
    Map<TableName, TableChange> tables = new LinkedHashMap<>();
    for (Operation operation : change.operations()) {
      Map.Entry<Identifier, Wish> wish = operation.match(WISHES);
      tables
          .computeIfAbsent(
              operation.table(), table -> new TableChange(table, new LinkedHashMap<>()))
          .columns()
          .putIfAbsent(wish.getKey(), wish.getValue());
    }
    return tables;
  }
}
