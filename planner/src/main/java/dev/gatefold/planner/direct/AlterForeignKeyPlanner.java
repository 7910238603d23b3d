package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.AlterForeignKey;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.Missing;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Constraint.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code alter_foreign_key}: the one with the new action takes the place of the old one in one
 * transaction, so that no row is ever without either; then it is validated beside traffic, for rows
 * that the old one has vouched for.
 */
final class AlterForeignKeyPlanner {

  private final Site site;

  AlterForeignKeyPlanner(Site site) {
    this.site = site;
  }

  Planned plan(AlterForeignKey operation) {
    return site.onTable(operation.table(), work -> plan(work, operation));
  }

  private static Planned plan(TableWork work, AlterForeignKey operation) {
    Optional<Constraint> found =
        work.table()
            .constraint(operation.constraint())
            .filter(constraint -> constraint.kind() == Kind.FOREIGN_KEY);
    if (found.isEmpty()) {
      return Missing.constraint(operation.table(), operation.constraint());
    }
    return plan(work, found.get(), operation);
  }

  private static Planned plan(TableWork work, Constraint old, AlterForeignKey operation) {
    Optional<String> wanted =
        ForeignKeyText.of(old.definition()).map(text -> text.with(operation).definition());
    if (wanted.isEmpty() || work.partitioned()) {
      return Refused.because(
          "foreign-key-form",
          work.label(old.name()),
          "this form of a foreign key cannot be changed in its place",
          "Drop it, and add another by operations of their own.");
    }
    if (wanted.get().equals(old.definition().replace(" NOT VALID", ""))) {
      return Refused.because(
          "nothing-to-do",
          work.label(old.name()),
          "the foreign key is already as the file wants it",
          "Take the operation out of the file.");
    }
    String id = "expand.foreign-key." + work.label(old.name());
    List<Step> undo = new ArrayList<>();
    undo.add(trade(id + ".undo", work, old, old.definition(), new Undo.Nothing()));
    List<Step> steps = new ArrayList<>();
    if (old.validated()) {
      undo.add(validate(id + ".validate.undo", work, old));
    }
    steps.add(trade(id, work, old, wanted.get(), new Undo.Steps(undo)));
    if (old.validated()) {
      steps.add(validate(id + ".validate", work, old));
    }
    return new Staging()
        .claim(work.claim(old.name()))
        .reads(work.name(), work.table().names(old.columns()))
        .in(StageName.EXPAND, steps)
        .planned();
  }

  private static Step trade(
      String id, TableWork work, Constraint old, String definition, Undo undo) {
    TableName referenced = old.referenced().orElse(work.name());
    List<String> sql = new ArrayList<>();
    sql.add(work.dialect().dropConstraint(work.name(), old.name()));
    sql.add(work.dialect().addNotValid(work.name(), old.name(), definition));
    old.comment()
        .ifPresent(
            text -> sql.add(work.dialect().commentOnConstraint(work.name(), old.name(), text)));
    return work.brief(
        id,
        "replace foreign key",
        LockMode.ACCESS_EXCLUSIVE,
        new NotValidConstraint(work, old.name()).tables(referenced),
        sql,
        List.of(),
        undo);
  }

  private static Step validate(String id, TableWork work, Constraint old) {
    return work.online(
        id,
        "validate foreign key",
        work.dialect().validate(work.name(), old.name()),
        work.dialect().constraintIsValid(work.table().oid(), old.name()),
        Optional.empty());
  }
}
