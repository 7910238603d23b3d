package dev.gatefold.planner.straight;

import dev.gatefold.planner.change.AlterForeignKey;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.DropColumn;
import dev.gatefold.planner.change.DropConstraint;
import dev.gatefold.planner.change.DropTable;
import dev.gatefold.planner.change.NamedTables;
import dev.gatefold.planner.change.Operation;
import dev.gatefold.planner.change.Regroup;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Follower;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.planner.schema.Table;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whatever the straight way of a change locks, and whose rows it may read or write. */
final class LockedTables {

  private final Schema schema;
  private final Change change;

  LockedTables(Schema schema, Change change) {
    this.schema = schema;
    this.change = change;
  }

  /** The tables that the operations work on, those that they make included. */
  Set<TableName> worked() {
    Set<TableName> names = new LinkedHashSet<>();
    change.operations().stream().flatMap(NamedTables::of).forEach(names::add);
    return names;
  }

  /** Those that refer to a column whose type changes: the server looks at each row again. */
  private Stream<TableName> referring() {
    return change.operations().stream()
        .filter(Operation.AlterColumn.class::isInstance)
        .map(Operation.AlterColumn.class::cast)
        .flatMap(
            alter ->
                table(alter.table())
                    .filter(table -> alter.wanted().type().isPresent())
                    .flatMap(
                        table ->
                            table.column(alter.column()).stream()
                                .flatMap(
                                    column ->
                                        table.incoming().stream()
                                            .filter(key -> key.columns().contains(column.attnum())))
                                .map(key -> key.child())));
  }

  /** Tables whose rows are read or written, for as long as they are many. */
  Set<TableName> rows() {
    Set<TableName> names = new LinkedHashSet<>(worked());
    referring().forEach(names::add);
    return names;
  }

  /** Views first, as queries come by them; then parents before children. */
  List<TableName> all() {
    Set<TableName> names = new LinkedHashSet<>();
    views().forEach(names::add);
    rows().stream().flatMap(this::referred).forEach(names::add);
    names.addAll(rows());
    return List.copyOf(names);
  }

  private Stream<TableName> views() {
    return worked().stream()
        .flatMap(this::table)
        .flatMap(table -> table.followers().stream())
        .filter(follower -> follower.kind() == Follower.Kind.VIEW)
        .map(Follower::relation);
  }

  /** What foreign keys that come, go or are made anew refer to. */
  private Stream<TableName> referred(TableName child) {
    return table(child)
        .flatMap(
            table ->
                table.constraints().stream()
                    .filter(constraint -> constraint.kind() == Constraint.Kind.FOREIGN_KEY)
                    .filter(
                        key ->
                            change.operations().stream()
                                .anyMatch(operation -> touches(operation, table, key))))
        .flatMap(key -> key.referenced().stream())
        .filter(parent -> !parent.equals(child));
  }

  private static boolean touches(Operation operation, Table table, Constraint key) {
    if (NamedTables.of(operation).noneMatch(table.name()::equals)) {
      // Of another table, to which this one may refer.
      return false;
    }
    return column(operation)
        .map(
            name ->
                table.column(name).filter(it -> key.columns().contains(it.attnum())).isPresent())
        .orElseGet(() -> constraint(operation).map(key.name()::equals).orElse(dropsAll(operation)));
  }

  private static Optional<Identifier> column(Operation operation) {
    if (operation instanceof Operation.AlterColumn alter) {
      return Optional.of(alter.column());
    }
    return operation instanceof DropColumn drop ? Optional.of(drop.column()) : Optional.empty();
  }

  private static Optional<Identifier> constraint(Operation operation) {
    if (operation instanceof DropConstraint drop) {
      return Optional.of(drop.constraint());
    }
    return operation instanceof AlterForeignKey alter
        ? Optional.of(alter.constraint())
        : Optional.empty();
  }

  private static boolean dropsAll(Operation operation) {
    return operation instanceof DropTable || operation instanceof Regroup;
  }

  private Stream<Table> table(TableName name) {
    return schema.table(name).stream();
  }
}
