package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.MoveColumns;
import dev.gatefold.planner.change.MoveColumns.Moved;
import dev.gatefold.planner.change.Retire;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.dialect.MoveSpec;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Sync;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.stream.Stream;

/** Columns that move from one table to another, and what all stages have to know of them. */
final class MovedColumns {

  private final Site site;
  private final Dialect dialect;
  private final TableWork source;
  private final TableWork target;
  private final MoveColumns operation;
  private final List<Column> columns;
  private final boolean denied;
  private final MoveSync before;
  private final MoveSync after;

  MovedColumns(Site site, MoveColumns operation, Table source, Table target, List<Column> columns) {
    this.site = site;
    this.dialect = site.dialect();
    this.operation = operation;
    this.source = new TableWork(site, source);
    this.target = new TableWork(site, target);
    this.columns = List.copyOf(columns);
    this.denied = site.retire() == Retire.REVOKE;
    this.before = sync(columns.stream().map(Column::name).toList(), false);
    this.after = sync(columns.stream().map(this::hidden).toList(), true);
  }

  private MoveSync sync(List<Identifier> names, boolean retired) {
    return new MoveSync(site.change(), source, target, operation, columns, names, retired);
  }

  TableWork source() {
    return source;
  }

  TableWork target() {
    return target;
  }

  MoveColumns operation() {
    return operation;
  }

  /** As they are in the table that they leave. */
  List<Column> columns() {
    return columns;
  }

  /** Whether they are denied to all but the owner, rather than given another name. */
  boolean denied() {
    return denied;
  }

  /** The sync while the old columns have their names. */
  MoveSync before() {
    return before;
  }

  /** The same once they are out of reach. */
  MoveSync after() {
    return after;
  }

  List<Identifier> olds() {
    return columns.stream().map(Column::name).toList();
  }

  List<Identifier> news() {
    return operation.columns().stream().map(Moved::as).toList();
  }

  Identifier hidden(Column column) {
    return denied ? column.name() : source.names().oldColumn(column.attnum());
  }

  /** The columns that are new in the table, with the one that is ours. */
  List<Identifier> made() {
    return Stream.concat(news().stream(), before.made().map(MoveSpec.Made::mark).stream()).toList();
  }

  /**
   * As new applications come by, who alone are left: whoever comes the other way has to wait for us
   * while we wait for him, until the attempt is over.
   */
  List<TableName> both() {
    return List.of(target.name(), source.name());
  }

  /** A name that an old column has at some time. */
  interface Name {
    Identifier of(Column column);
  }

  List<Check> columnsAre(Name old) {
    return Stream.concat(oldColumnsAre(old).stream(), newColumnsAre().stream()).toList();
  }

  List<Check> oldColumnsAre(Name name) {
    return columns.stream()
        .map(column -> dialect.columnIs(source.table().oid(), column.attnum(), name.of(column)))
        .toList();
  }

  List<Check> newColumnsAre() {
    return news().stream()
        .map(name -> dialect.columnIsNew(target.table().oid(), target.table().lastAttnum(), name))
        .toList();
  }

  Step step(
      String id,
      String kind,
      LockMode lock,
      List<TableName> tables,
      List<String> sql,
      List<Check> more,
      List<Sync> syncs,
      Undo undo) {
    return Step.BriefDdl.ofSeveral(
        id,
        kind,
        sql,
        lock,
        tables,
        Stream.concat(Stream.of(source.isTheTable(), target.isTheTable()), more.stream()).toList(),
        syncs,
        undo);
  }
}
