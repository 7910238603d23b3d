package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One shape has them at a time: they go over in the swap, not valid yet, and are validated after
 * it. The other shape lags behind, is NULL in a row that was just inserted, and stands beside other
 * columns that are ahead of it: whatever looked at it would refuse writes that are right.
 */
final class TradedLimits implements Limits {

  private final TableReplacement replacement;
  private final Dialect dialect;
  private final NotNulls notNulls;
  private final ConstraintSteps steps;

  TradedLimits(TableReplacement replacement) {
    this.replacement = replacement;
    this.dialect = replacement.dialect();
    this.notNulls = new NotNulls(dialect, replacement.table());
    this.steps = new ConstraintSteps(replacement);
  }

  @Override
  public List<String> constraints() {
    return List.of();
  }

  @Override
  public List<String> column(ColumnReplacement column) {
    return column.old().notNull()
        ? List.of(dialect.dropNotNull(replacement.name(), column.old().name()))
        : List.of();
  }

  @Override
  public List<String> named() {
    List<String> sql = new ArrayList<>();
    for (CarriedConstraint carried : replacement.carried().constraints()) {
      sql.addAll(renewed(carried, replacement.carried().overFinal(carried.definition())));
    }
    newNotNulls().forEach(refusal -> sql.add(refusal.check()));
    return sql;
  }

  @Override
  public List<Step> afterSwap() {
    return Stream.concat(
            validated(""),
            newNotNulls().flatMap(refusal -> refusal.steps("", refusal.undo()).stream()))
        .toList();
  }

  @Override
  public List<Step> beforeSwapBack() {
    return List.of();
  }

  @Override
  public List<String> columnBack(ColumnReplacement column) {
    return List.of();
  }

  @Override
  public List<String> constraintsBack() {
    List<String> sql = new ArrayList<>();
    for (CarriedConstraint carried : replacement.carried().constraints()) {
      sql.addAll(renewed(carried, replacement.carried().overOld(carried.definition())));
    }
    newNotNulls().forEach(refusal -> sql.add(refusal.withoutCheck()));
    oldNotNulls().forEach(refusal -> sql.add(refusal.check()));
    return sql;
  }

  @Override
  public List<Step> afterSwapBack() {
    return Stream.concat(
            validated(".undo"),
            oldNotNulls().flatMap(refusal -> refusal.steps(".undo", new Undo.Nothing()).stream()))
        .toList();
  }

  private List<String> renewed(CarriedConstraint carried, String definition) {
    Identifier name = carried.constraint().name();
    List<String> sql = new ArrayList<>();
    sql.add(dialect.dropConstraint(replacement.name(), name));
    sql.add(dialect.addNotValid(replacement.name(), name, definition));
    carried
        .constraint()
        .comment()
        .ifPresent(text -> sql.add(dialect.commentOnConstraint(replacement.name(), name, text)));
    return sql;
  }

  private Stream<Step> validated(String way) {
    return replacement.carried().constraints().stream()
        .map(CarriedConstraint::constraint)
        .filter(constraint -> constraint.validated())
        .map(
            constraint ->
                steps.validate(
                    "retire.validate." + steps.label(constraint.name()) + way, constraint.name()));
  }

  private Stream<NullRefused> newNotNulls() {
    return replacement.columns().stream()
        .filter(ColumnReplacement::notNull)
        .map(
            column ->
                new NullRefused(
                    column, column.finalName(), replacement.names().newNotNull(attnum(column))));
  }

  private Stream<NullRefused> oldNotNulls() {
    return replacement.columns().stream()
        .filter(column -> column.old().notNull())
        .map(
            column ->
                new NullRefused(
                    column, column.old().name(), replacement.names().oldNotNull(attnum(column))));
  }

  private static int attnum(ColumnReplacement column) {
    return column.old().attnum();
  }

  /** A column that comes to refuse NULL, by a check first, which no row has been looked at for. */
  private final class NullRefused {

    private final ColumnReplacement column;
    private final Identifier name;
    private final Identifier byCheck;

    NullRefused(ColumnReplacement column, Identifier name, Identifier byCheck) {
      this.column = column;
      this.name = name;
      this.byCheck = byCheck;
    }

    String check() {
      return dialect.addNotValid(replacement.name(), byCheck, dialect.notNullCheck(name));
    }

    String withoutCheck() {
      return dialect.dropConstraint(replacement.name(), byCheck);
    }

    List<Step> steps(String way, Undo undo) {
      return List.of(
          steps.validate("retire.validate-not-null." + steps.label(name) + way, byCheck),
          brief("retire.not-null." + steps.label(name) + way, "refuse NULL", set(), undo));
    }

    /** Until the swap is taken back the column goes on to refuse NULL. */
    Undo undo() {
      return Undo.by(
          brief(
              "retire.not-null." + steps.label(name) + ".back",
              "refuse NULL by a check",
              List.of(check(), dialect.dropNotNull(replacement.name(), name)),
              new Undo.Nothing()));
    }

    private List<String> set() {
      List<String> sql = new ArrayList<>(notNulls.set(attnum(column), name));
      sql.add(withoutCheck());
      return sql;
    }

    private Step brief(String id, String kind, List<String> sql, Undo undo) {
      return replacement.brief(id, kind, LockMode.ACCESS_EXCLUSIVE, sql, undo);
    }
  }
}
