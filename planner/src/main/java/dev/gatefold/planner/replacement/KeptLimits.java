package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.schema.Constraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Either shape has its own from the backfill to the drop: triggers keep both shapes right. */
final class KeptLimits implements Limits {

  private final TableReplacement replacement;
  private final Dialect dialect;
  private final NotNulls notNulls;

  KeptLimits(TableReplacement replacement) {
    this.replacement = replacement;
    this.dialect = replacement.dialect();
    this.notNulls = new NotNulls(dialect, replacement.table());
  }

  @Override
  public List<String> constraints() {
    return traded(CarriedConstraint::building, CarriedConstraint::hidden);
  }

  @Override
  public List<String> column(ColumnReplacement column) {
    List<String> sql = new ArrayList<>();
    if (givesUp(column)) {
      sql.add(dialect.dropNotNull(replacement.name(), column.old().name()));
    } else if (!replacement.keepsNotNull(column)) {
      namedNotNull(column)
          .ifPresent(name -> sql.add(rename(name, replacement.names().oldObject("null", name))));
    }
    if (column.notNull() && column.old().notNull()) {
      // Before the default: an identity wants a column that refuses NULL.
      sql.addAll(
          replacement.keepsNotNull(column)
              ? notNulls.setBeside(
                  replacement.names().newNotNull(column.old().attnum()),
                  replacement.building(column))
              : notNulls.set(column.old().attnum(), replacement.building(column)));
    }
    return sql;
  }

  @Override
  public List<String> named() {
    List<String> sql = new ArrayList<>();
    for (ColumnReplacement column : replacement.columns()) {
      if (column.notNull() && !column.old().notNull()) {
        // Under its final name: by that the server names the constraint.
        sql.addAll(notNulls.set(column.old().attnum(), column.finalName()));
      }
    }
    return sql;
  }

  @Override
  public List<Step> afterSwap() {
    return List.of();
  }

  @Override
  public List<Step> beforeSwapBack() {
    List<Step> steps = new ArrayList<>();
    ConstraintSteps constraints = new ConstraintSteps(replacement);
    replacement.groups().stream()
        .flatMap(RegroupingSwap::givenUp)
        .forEach(old -> steps.addAll(constraints.oldNotNull(old)));
    return steps;
  }

  @Override
  public List<String> columnBack(ColumnReplacement column) {
    List<String> sql = new ArrayList<>();
    if (column.notNull()) {
      sql.add(dialect.dropNotNull(replacement.name(), replacement.building(column)));
    }
    if (!givesUp(column)) {
      namedNotNull(column)
          .filter(name -> !replacement.keepsNotNull(column))
          .ifPresent(name -> sql.add(rename(replacement.names().oldObject("null", name), name)));
    } else {
      sql.addAll(notNulls.set(column.old().attnum(), column.old().name()));
      sql.add(
          dialect.dropConstraint(
              replacement.name(), replacement.names().oldNotNull(column.old().attnum())));
    }
    return sql;
  }

  @Override
  public List<String> constraintsBack() {
    return traded(CarriedConstraint::hidden, CarriedConstraint::building);
  }

  /** Those that come get the names in force from those that go. */
  private List<String> traded(
      Function<CarriedConstraint, Identifier> coming,
      Function<CarriedConstraint, Identifier> going) {
    List<String> sql = new ArrayList<>();
    for (CarriedConstraint carried : replacement.carried().constraints()) {
      Identifier name = carried.constraint().name();
      if (carried.foreignKey() && replacement.partitioned()) {
        sql.add(
            dialect
                .partitions()
                .tradeForeignKeyNames(
                    replacement.name(), name, coming.apply(carried), going.apply(carried)));
      }
      sql.add(rename(name, going.apply(carried)));
      sql.add(rename(coming.apply(carried), name));
    }
    return sql;
  }

  @Override
  public List<Step> afterSwapBack() {
    return List.of();
  }

  /** Whether the hidden column must hold NULL where there is no way back. */
  private static boolean givesUp(ColumnReplacement column) {
    return column.giveUpRollback() && column.old().notNull();
  }

  /** The old column's own, which gives its name to the new one's. */
  private Optional<Identifier> namedNotNull(ColumnReplacement column) {
    return notNulls.named(column.old().attnum()).map(Constraint::name);
  }

  private String rename(Identifier from, Identifier to) {
    return dialect.renameConstraint(replacement.name(), from, to);
  }
}
