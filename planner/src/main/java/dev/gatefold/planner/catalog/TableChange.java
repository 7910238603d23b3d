package dev.gatefold.planner.catalog;

import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.ColumnTraits;
import dev.gatefold.planner.change.DirectOperation;
import dev.gatefold.planner.change.Operation;
import dev.gatefold.planner.change.Operation.AlterColumn;
import dev.gatefold.planner.change.Operation.DefaultChange;
import dev.gatefold.planner.change.Operation.Mapping;
import dev.gatefold.planner.change.Operation.RenameColumn;
import dev.gatefold.planner.change.Regroup;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a change wants of one table.
 *
 * @param columns those that give way to one each, in the order of the file
 * @param regroupings groups of columns that give way to others together
 * @param watched those besides of which the planner has to know what reads them
 */
record TableChange(
    TableName table,
    Map<Identifier, Wish> columns,
    List<Regroup> regroupings,
    Set<Identifier> watched) {

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
      ColumnTraits traits,
      Mapping mapping) {}

  private static TableChange empty(TableName table) {
    return new TableChange(table, new LinkedHashMap<>(), new ArrayList<>(), new LinkedHashSet<>());
  }

  /** The wishes of a change by table. Of two for one column or name the first counts. */
  static Map<TableName, TableChange> of(Change change) {
    Map<TableName, TableChange> tables = new LinkedHashMap<>();
    for (Operation operation : change.operations()) {
      operation.match(new Collecting(tables));
    }
    return tables;
  }

  /** Everything about which the planner has to know what reads it. */
  Set<Identifier> read() {
    Set<Identifier> read = new LinkedHashSet<>(columns.keySet());
    regroupings.forEach(group -> group.olds().forEach(old -> read.add(old.column())));
    read.addAll(watched);
    return read;
  }

  private boolean replaces(Identifier column) {
    return columns.containsKey(column)
        || regroupings.stream()
            .flatMap(group -> group.olds().stream())
            .anyMatch(old -> old.column().equals(column));
  }

  private boolean regroupsInto(Identifier name) {
    return regroupings.stream()
        .flatMap(group -> group.news().stream())
        .anyMatch(column -> column.column().equals(name));
  }

  private boolean makes(Identifier name) {
    return regroupsInto(name)
        || columns.values().stream().anyMatch(wish -> wish.finalName().equals(name));
  }

  private record Collecting(Map<TableName, TableChange> tables)
      implements Operation.Cases<Map<TableName, TableChange>> {

    @Override
    public Map<TableName, TableChange> renameColumn(RenameColumn rename) {
      return wish(
          rename.table(),
          rename.column(),
          new Wish(
              rename.to(), Optional.empty(), Optional.empty(), ColumnTraits.NONE, Mapping.PLAIN));
    }

    @Override
    public Map<TableName, TableChange> alterColumn(AlterColumn alter) {
      return wish(
          alter.table(),
          alter.column(),
          new Wish(
              alter.finalName(),
              alter.wanted().type(),
              alter.wanted().defaultValue(),
              alter.wanted().traits(),
              alter.mapping()));
    }

    @Override
    public Map<TableName, TableChange> regroup(Regroup regroup) {
      TableChange table = table(regroup.table());
      boolean taken =
          regroup.olds().stream().anyMatch(old -> table.replaces(old.column()))
              || regroup.news().stream().anyMatch(column -> table.makes(column.column()));
      if (!taken) {
        table.regroupings().add(regroup);
      }
      return tables;
    }

    @Override
    public Map<TableName, TableChange> direct(DirectOperation direct) {
      direct.tables().forEach(name -> table(name).watched().addAll(direct.columns(name)));
      return tables;
    }

    private Map<TableName, TableChange> wish(TableName name, Identifier column, Wish wish) {
      TableChange table = table(name);
      if (!table.replaces(column) && !table.regroupsInto(wish.finalName())) {
        table.columns().put(column, wish);
      }
      return tables;
    }

    private TableChange table(TableName name) {
      return tables.computeIfAbsent(name, TableChange::empty);
    }
  }
}
