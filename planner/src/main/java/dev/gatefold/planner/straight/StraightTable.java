package dev.gatefold.planner.straight;

import dev.gatefold.planner.change.AlterForeignKey;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.direct.ForeignKeyText;
import dev.gatefold.planner.direct.Site;
import dev.gatefold.planner.draft.ConstraintDraft;
import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.IndexDraft;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/** Constraints and indexes, built while the table is locked. */
final class StraightTable {

  private final Schema schema;
  private final Dialect dialect;

  StraightTable(Site site) {
    this.schema = site.schema();
    this.dialect = site.dialect();
  }

  String add(ConstraintDraft draft) {
    return dialect.addConstraint(draft.table(), draft.name(), answer(draft).definition());
  }

  String create(IndexDraft draft) {
    return dialect
        .tables()
        .createIndex(draft.table(), draft.name(), draft.unique(), answer(draft).definition());
  }

  /** The foreign key with its new action, in the place of the old one. */
  List<String> alter(AlterForeignKey operation) {
    Constraint old =
        schema
            .table(operation.table())
            .flatMap(table -> table.constraint(operation.constraint()))
            .orElseThrow();
    String definition =
        ForeignKeyText.of(old.definition()).orElseThrow().with(operation).definition();
    List<String> sql = new ArrayList<>();
    sql.add(dialect.dropConstraint(operation.table(), old.name()));
    sql.add(
        old.validated()
            ? dialect.addConstraint(operation.table(), old.name(), definition)
            : dialect.addNotValid(operation.table(), old.name(), definition));
    old.comment()
        .ifPresent(
            text -> sql.add(dialect.commentOnConstraint(operation.table(), old.name(), text)));
    return sql;
  }

  /** The planner has refused what the server did not take. */
  private <A> A answer(Draft<A> draft) {
    return schema.drafts().of(draft).accepted();
  }
}
