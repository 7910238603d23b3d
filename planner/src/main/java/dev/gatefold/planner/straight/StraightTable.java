package dev.gatefold.planner.straight;

import dev.gatefold.planner.change.AlterForeignKey;
import dev.gatefold.planner.change.DropConstraint;
import dev.gatefold.planner.change.DropIndex;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.direct.ForeignKeyText;
import dev.gatefold.planner.direct.Site;
import dev.gatefold.planner.draft.ConstraintBody.Unique;
import dev.gatefold.planner.draft.ConstraintDraft;
import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.IndexDraft;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Index;
import dev.gatefold.planner.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Constraints and indexes, built while the table is locked. */
final class StraightTable {

  private final Schema schema;
  private final Dialect dialect;
  private final Again again;

  StraightTable(Site site) {
    this.schema = site.schema();
    this.dialect = site.dialect();
    this.again = new Again(site.dialect());
  }

  Piece add(ConstraintDraft draft) {
    TableName table = draft.table();
    List<String> back = new ArrayList<>();
    back.add(dialect.dropConstraint(table, draft.name()));
    if (draft.body() instanceof Unique unique && unique.primary()) {
      // The key has made them refuse NULL, and they go on to do so without it.
      unique.columns().stream()
          .flatMap(name -> column(table, name).stream())
          .filter(column -> !column.notNull())
          .forEach(column -> back.add(dialect.dropNotNull(table, column.name())));
    }
    return Piece.of(
        List.of(dialect.addConstraint(table, draft.name(), answer(draft).definition())), back);
  }

  private Optional<Column> column(TableName table, Identifier name) {
    return schema.table(table).flatMap(it -> it.column(name));
  }

  Piece create(IndexDraft draft) {
    return Piece.of(
        List.of(created(draft)), List.of(dialect.dropIndex(draft.table(), draft.name())));
  }

  private String created(IndexDraft draft) {
    return dialect
        .tables()
        .createIndex(draft.table(), draft.name(), draft.unique(), answer(draft).definition());
  }

  /** The index as it shall be, in the place of the one that is there. */
  Piece alter(IndexDraft draft) {
    String drop = dialect.dropIndex(draft.table(), draft.name());
    List<String> back = new ArrayList<>();
    back.add(drop);
    back.addAll(again.index(draft.table(), index(draft.table(), draft.name()).orElseThrow()));
    return Piece.reading(List.of(drop, created(draft)), back);
  }

  Piece drop(DropIndex operation) {
    return Piece.reading(
        List.of(dialect.dropIndex(operation.table(), operation.index())),
        again.index(operation.table(), index(operation.table(), operation.index()).orElseThrow()));
  }

  Piece drop(DropConstraint operation) {
    TableName table = operation.table();
    Identifier name = operation.constraint();
    List<String> there = List.of(dialect.dropConstraint(table, name));
    boolean marked =
        index(table, name)
            .filter(
                index ->
                    index.replicaIdentity() || index.clustered() || index.comment().isPresent())
            .isPresent();
    return marked
        ? Piece.forGood(there)
        : Piece.reading(there, again.constraint(table, constraint(table, name)));
  }

  private Optional<Index> index(TableName table, Identifier name) {
    return schema.table(table).flatMap(it -> it.index(name));
  }

  private Constraint constraint(TableName table, Identifier name) {
    return schema.table(table).flatMap(it -> it.constraint(name)).orElseThrow();
  }

  /** The foreign key with its new action, in the place of the old one. */
  Piece alter(AlterForeignKey operation) {
    TableName table = operation.table();
    Constraint old = constraint(table, operation.constraint());
    String definition =
        ForeignKeyText.of(old.definition()).orElseThrow().with(operation).definition();
    String drop = dialect.dropConstraint(table, old.name());
    List<String> there = new ArrayList<>();
    there.add(drop);
    there.add(
        old.validated()
            ? dialect.addConstraint(table, old.name(), definition)
            : dialect.addNotValid(table, old.name(), definition));
    old.comment()
        .ifPresent(text -> there.add(dialect.commentOnConstraint(table, old.name(), text)));
    List<String> back = new ArrayList<>();
    back.add(drop);
    back.addAll(again.constraint(table, old));
    return Piece.reading(there, back);
  }

  /** The planner has refused what the server did not take. */
  private <A> A answer(Draft<A> draft) {
    return schema.drafts().of(draft).accepted();
  }
}
