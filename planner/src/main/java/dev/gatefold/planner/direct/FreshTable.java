package dev.gatefold.planner.direct;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.draft.ConstraintBody.ForeignKey;
import dev.gatefold.planner.draft.ConstraintDraft;
import dev.gatefold.planner.draft.IndexDraft;
import dev.gatefold.planner.draft.MadeTable;
import dev.gatefold.planner.draft.Printed;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Plan.Claim;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import java.util.List;
import java.util.Optional;

/**
 * Steps on a table that the same change makes. Without rows the plain DDL takes no longer than the
 * safe one; that there are none is looked at under the lock.
 */
final class FreshTable {

  private final Site site;
  private final TableName name;
  private final MadeTable made;
  private final Dialect dialect;

  FreshTable(Site site, TableName name, MadeTable made) {
    this.site = site;
    this.name = name;
    this.made = made;
    this.dialect = site.dialect();
  }

  /** {@code add_constraint} on it. */
  Planned constraint(ConstraintDraft draft) {
    return site.answer(draft)
        .match(
            printed -> staged(draft.name(), printed, step(draft, printed)),
            rejected -> Refused.byServer(name + "." + draft.name(), rejected));
  }

  /** {@code create_index} on it. */
  Planned index(IndexDraft draft) {
    return site.answer(draft)
        .match(
            printed -> staged(draft.name(), printed, step(draft, printed)),
            rejected -> Refused.byServer(name + "." + draft.name(), rejected));
  }

  private Planned staged(Identifier object, Printed printed, Step step) {
    return new Staging()
        .claim(claim(object))
        .reads(name, printed.columns())
        .in(StageName.EXPAND, step)
        .planned();
  }

  Claim claim(Identifier object) {
    return new Claim(name, 0, object, false);
  }

  Step step(ConstraintDraft draft, Printed printed) {
    boolean foreign = draft.body() instanceof ForeignKey;
    List<TableName> tables =
        draft.body() instanceof ForeignKey key && !key.referenced().equals(name)
            // Parents before children.
            ? List.of(key.referenced(), name)
            : List.of(name);
    return step(
        new Work(
            "expand.constraint." + name + "." + draft.name(),
            foreign ? "add foreign key" : "add constraint",
            foreign ? LockMode.SHARE_ROW_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE,
            tables,
            dialect.addConstraint(name, draft.name(), printed.definition()),
            dialect.dropConstraint(name, draft.name())));
  }

  private Step step(IndexDraft draft, Printed printed) {
    return step(
        new Work(
            "expand.index." + name + "." + draft.name(),
            "add index",
            LockMode.SHARE_ROW_EXCLUSIVE,
            List.of(name),
            dialect.tables().createIndex(name, draft.name(), draft.unique(), printed.definition()),
            dialect.dropIndex(name, draft.name())));
  }

  private record Work(
      String id, String kind, LockMode lock, List<TableName> tables, String sql, String undo) {}

  private Step step(Work work) {
    Check noRows =
        dialect
            .tables()
            .isEmpty(
                name,
                "table %s has rows by now, which would be read under the lock".formatted(name));
    return brief(
        work.id(),
        work.kind(),
        work.lock(),
        work.tables(),
        work.sql(),
        List.of(ours(), noRows),
        Undo.by(
            brief(
                work.id() + ".undo",
                work.kind().replace("add ", "drop new "),
                LockMode.ACCESS_EXCLUSIVE,
                work.tables(),
                work.undo(),
                List.of(ours(), nothingIsLost()),
                new Undo.Nothing())));
  }

  /** It had no OID when the plan was made: its columns tell it from another of that name. */
  private Check ours() {
    return dialect.tables().hasColumns(name, made.columns());
  }

  /**
   * Rows in it came from applications. Asked before anything of the table is taken back, so that a
   * rollback that has to wait leaves the table whole.
   */
  Check nothingIsLost() {
    return dialect
        .tables()
        .isEmpty(
            name,
            "table %1$s has rows, which would be lost with it: stop what writes them, keep them elsewhere if they matter, run TRUNCATE %2$s, and roll back again"
                .formatted(name, name.quoted()));
  }

  private static Step brief(
      String id,
      String kind,
      LockMode lock,
      List<TableName> tables,
      String sql,
      List<Check> checks,
      Undo undo) {
    return new Step.BriefDdl(id, kind, List.of(sql), lock, tables, checks, Optional.empty(), undo);
  }

  /** The table itself, by statements that make all of it. */
  Step create(List<String> sql) {
    String id = "expand.table." + name;
    return new Step.BriefDdl(
        id,
        "create table",
        sql,
        LockMode.ACCESS_EXCLUSIVE,
        List.of(name),
        List.of(dialect.tables().isFree(name)),
        Optional.empty(),
        Undo.by(
            brief(
                id + ".undo",
                "drop new table",
                LockMode.ACCESS_EXCLUSIVE,
                List.of(name),
                dialect.tables().drop(name),
                List.of(ours(), nothingIsLost()),
                new Undo.Nothing())));
  }
}
