package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Indexes of an ordinary table. */
final class IndexSteps implements IndexWork {

  private final TableReplacement replacement;
  private final Dialect dialect;

  IndexSteps(TableReplacement replacement) {
    this.replacement = replacement;
    this.dialect = replacement.dialect();
  }

  @Override
  public List<Step> build(CarriedIndex carried) {
    List<Step> steps = new ArrayList<>();
    steps.add(
        create(
            "backfill.index." + carried.label(replacement.name()),
            carried.building(),
            carried,
            replacement.carried().overBuilding(carried.definition())));
    if (!carried.primary()) {
      // A table has one primary key: this one becomes it in the swap.
      carried
          .constraint()
          .ifPresent(constraint -> steps.add(adopt(carried, constraint.deferral())));
    }
    return steps;
  }

  private Step create(String id, Identifier name, CarriedIndex carried, String definition) {
    return new OnlineIndex(dialect, replacement.name(), replacement.isTheTable())
        .create(
            id,
            name,
            new OnlineIndex.Wanted(
                carried.unique(), definition, carried.index(), Optional.empty()));
  }

  private Step adopt(CarriedIndex carried, String deferral) {
    String id = "backfill.unique." + carried.label(replacement.name());
    List<String> sql = new ArrayList<>();
    sql.add(
        dialect.adoptIndex(replacement.name(), carried.building(), carried.building(), deferral));
    constraintComment(carried, carried.building()).ifPresent(sql::add);
    return replacement.brief(
        id,
        "add unique constraint",
        LockMode.ACCESS_EXCLUSIVE,
        sql,
        Undo.by(
            replacement.brief(
                id + ".undo",
                "drop new unique constraint",
                LockMode.ACCESS_EXCLUSIVE,
                List.of(dialect.dropConstraint(replacement.name(), carried.building())),
                new Undo.Nothing())));
  }

  private Optional<String> constraintComment(CarriedIndex carried, Identifier name) {
    return carried
        .constraint()
        .flatMap(constraint -> constraint.comment())
        .map(text -> dialect.commentOnConstraint(replacement.name(), name, text));
  }

  @Override
  public List<String> swap(CarriedIndex carried) {
    Identifier name = carried.index().name();
    if (carried.primary()) {
      return List.of(dialect.dropConstraint(replacement.name(), name));
    }
    if (carried.constraint().isPresent()) {
      return List.of(
          dialect.dropConstraint(replacement.name(), name),
          dialect.renameConstraint(replacement.name(), carried.building(), name));
    }
    String away =
        carried.unique()
            ? dialect.dropIndex(replacement.name(), name)
            : dialect.renameIndex(replacement.name(), name, carried.hidden());
    return List.of(away, dialect.renameIndex(replacement.name(), carried.building(), name));
  }

  @Override
  public List<String> promote(CarriedIndex carried) {
    return carried.primary() ? primaryKey(carried, carried.building()) : List.of();
  }

  @Override
  public List<String> demote(CarriedIndex carried) {
    return carried.primary()
        ? List.of(dialect.dropConstraint(replacement.name(), carried.index().name()))
        : List.of();
  }

  private List<String> primaryKey(CarriedIndex carried, Identifier index) {
    Identifier name = carried.index().name();
    List<String> sql = new ArrayList<>();
    sql.add(
        dialect.adoptPrimaryKey(
            replacement.name(), name, index, carried.constraint().orElseThrow().deferral()));
    constraintComment(carried, name).ifPresent(sql::add);
    return sql;
  }

  @Override
  public List<String> marks(CarriedIndex carried) {
    Identifier name = carried.index().name();
    List<String> sql = new ArrayList<>();
    if (carried.index().replicaIdentity()) {
      sql.add(dialect.identifyRowsBy(replacement.name(), name));
    }
    if (carried.index().clustered()) {
      sql.add(dialect.clusterAlong(replacement.name(), name));
    }
    return sql;
  }

  @Override
  public List<Step> rebuildOld(CarriedIndex carried) {
    return carried.unique()
        ? List.of(
            create(
                "retire.index." + carried.label(replacement.name()) + ".undo",
                carried.hidden(),
                carried,
                replacement.carried().overHidden(carried.definition())))
        : List.of();
  }

  @Override
  public List<Step> rebuildNew(CarriedIndex carried) {
    return carried.primary()
        ? List.of(
            create(
                "retire.index-again." + carried.label(replacement.name()) + ".undo",
                carried.building(),
                carried,
                replacement.carried().overFinal(carried.definition())))
        : List.of();
  }

  @Override
  public List<String> swapBack(CarriedIndex carried) {
    Identifier name = carried.index().name();
    if (carried.primary()) {
      return primaryKey(carried, carried.hidden());
    }
    List<String> sql = new ArrayList<>();
    if (carried.constraint().isPresent()) {
      sql.add(dialect.renameConstraint(replacement.name(), name, carried.building()));
      sql.add(
          dialect.adoptIndex(
              replacement.name(),
              name,
              carried.hidden(),
              carried.constraint().orElseThrow().deferral()));
      constraintComment(carried, name).ifPresent(sql::add);
      return sql;
    }
    sql.add(dialect.renameIndex(replacement.name(), name, carried.building()));
    sql.add(dialect.renameIndex(replacement.name(), carried.hidden(), name));
    return sql;
  }
}
