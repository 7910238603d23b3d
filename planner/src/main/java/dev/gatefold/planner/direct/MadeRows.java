package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.MoveColumns;
import dev.gatefold.planner.change.MoveColumns.Pair;
import dev.gatefold.planner.dialect.MoveSpec;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.Optional;

/** Whether rows can be made in the table that columns move to, for values that have none there. */
final class MadeRows {

  private static final String CASCADE = " CASCADE";

  private final Table target;
  private final MoveColumns operation;

  MadeRows(Table target, MoveColumns operation) {
    this.target = target;
    this.operation = operation;
  }

  /**
   * How they are known.
   *
   * @param mark a name for the column that tells
   * @param givesWay whether an application that inserts the row itself finds none in its way
   * @param key by which the rows belong together
   */
  Optional<MoveSpec.Made> possible(Identifier mark, boolean givesWay, ForeignKeyText key) {
    return others().stream().allMatch(MadeRows::canBeLeftOut) && unreferred()
        ? Optional.of(
            new MoveSpec.Made(
                mark,
                others().stream()
                    .filter(column -> !column.generated())
                    .map(column -> new MoveSpec.Moved(column.name(), column.name(), column.type()))
                    .toList(),
                givesWay,
                key.onDelete().endsWith(CASCADE),
                key.onUpdate().endsWith(CASCADE)))
        : Optional.empty();
  }

  private List<Column> others() {
    List<Identifier> key = operation.where().stream().map(Pair::target).toList();
    return target.columns().stream().filter(column -> !key.contains(column.name())).toList();
  }

  private static boolean canBeLeftOut(Column column) {
    return !column.notNull()
        || column.defaultValue().isPresent()
        || column.identity().isPresent()
        || column.generated();
  }

  /**
   * Who refers to a row would keep it from being taken away again, and a default that refers to one
   * of another table would not be looked at while a backfill writes.
   */
  private boolean unreferred() {
    return target.incoming().isEmpty()
        && target.constraints().stream()
            .filter(constraint -> constraint.kind() == Constraint.Kind.FOREIGN_KEY)
            .flatMap(constraint -> constraint.columns().stream())
            .noneMatch(
                attnum ->
                    others().stream()
                        .anyMatch(
                            column ->
                                column.attnum() == attnum && column.defaultValue().isPresent()));
  }
}
