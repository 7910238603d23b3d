package dev.gatefold.planner.straight;

import dev.gatefold.planner.change.Operation.AlterColumn;
import dev.gatefold.planner.change.TypeTrade;
import dev.gatefold.planner.dialect.Columns.Retyped;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Columns that give way to others on the safe way, each changed in its own place; those of a table
 * in one pass over its rows, in which foreign keys from one to another stay whole.
 */
final class ReplacedColumns {

  private final Dialect dialect;
  private final List<TypeTrade> trades;
  private final List<AlteredColumn> columns;
  private final List<StraightGroup> groups;
  private final SetAside aside;

  ReplacedColumns(
      Schema schema,
      Dialect dialect,
      List<TypeTrade> trades,
      List<AlterColumn> altered,
      List<Planned.Regrouped> regrouped) {
    this.dialect = dialect;
    this.trades = trades;
    this.columns =
        altered.stream().map(operation -> AlteredColumn.of(schema, operation, trades)).toList();
    this.groups =
        regrouped.stream()
            .map(
                group ->
                    new StraightGroup(
                        dialect, schema.table(group.table()).orElseThrow(), group.group()))
            .toList();
    this.aside = new SetAside(dialect, trades, retyped().toList());
  }

  private Stream<AlteredColumn> retyped() {
    return columns.stream().filter(AlteredColumn::retyped);
  }

  List<Reason> reasons() {
    return aside.reasons();
  }

  /**
   * All of it.
   *
   * @param trading makes types in the place of others
   */
  Piece piece(List<String> trading) {
    List<String> there = statements(trading);
    boolean returns =
        groups.isEmpty() && trades.isEmpty() && columns.stream().allMatch(AlteredColumn::returns);
    return returns
        ? Piece.of(there, columns.stream().flatMap(column -> back(column).stream()).toList())
        : Piece.forGood(there);
  }

  private List<String> back(AlteredColumn column) {
    List<String> sql = new ArrayList<>();
    if (column.gainsNotNull()) {
      sql.add(dialect.dropNotNull(column.name(), column.finalName()));
    }
    if (column.newlyDefaulted()) {
      sql.add(dialect.setDefault(column.name(), column.finalName(), column.oldDefault()));
    }
    if (column.renamed()) {
      sql.add(dialect.renameColumn(column.name(), column.finalName(), column.column().name()));
    }
    return sql;
  }

  private List<String> statements(List<String> trading) {
    List<String> sql = new ArrayList<>(aside.away());
    sql.addAll(trading);
    columns.stream()
        .filter(AlteredColumn::defaultGoesBefore)
        .forEach(column -> sql.add(setDefault(column, false)));
    byTable().forEach((table, retypes) -> sql.add(dialect.columns().retype(table, retypes)));
    columns.stream()
        .filter(AlteredColumn::newlyDefaulted)
        .filter(column -> column.defaultValue().isPresent() || !column.defaultGoesBefore())
        .forEach(column -> sql.add(setDefault(column, true)));
    sql.addAll(aside.back());
    columns.forEach(column -> sql.addAll(named(column)));
    groups.forEach(group -> sql.addAll(group.statements()));
    trades.forEach(trade -> sql.add(dialect.enums().drop(trade.aside())));
    return sql;
  }

  private Map<TableName, List<Retyped>> byTable() {
    Map<TableName, List<Retyped>> tables = new LinkedHashMap<>();
    retyped()
        .forEach(
            column ->
                tables
                    .computeIfAbsent(column.name(), name -> new ArrayList<>())
                    .add(column.retype()));
    return tables;
  }

  private String setDefault(AlteredColumn column, boolean wanted) {
    return dialect.setDefault(
        column.name(), column.column().name(), wanted ? column.defaultValue() : Optional.empty());
  }

  /** Its name first: by that the server names the constraint. */
  private List<String> named(AlteredColumn column) {
    List<String> sql = new ArrayList<>();
    if (column.renamed()) {
      sql.add(dialect.renameColumn(column.name(), column.column().name(), column.finalName()));
    }
    if (column.losesNotNull()) {
      sql.add(dialect.dropNotNull(column.name(), column.finalName()));
    }
    if (column.gainsNotNull()) {
      sql.add(dialect.setNotNull(column.name(), column.finalName()));
    }
    sql.addAll(new StraightTraits(dialect, column).statements());
    return sql;
  }
}
