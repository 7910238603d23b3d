package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.CreateTable;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.draft.ConstraintBody.ForeignKey;
import dev.gatefold.planner.draft.ConstraintDraft;
import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.IndexDraft;
import dev.gatefold.planner.draft.MadeTable;
import dev.gatefold.planner.draft.Printed;
import dev.gatefold.planner.draft.TableDraft;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.StageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code create_table}: at once, in {@code expand}, under its final name. Nobody uses it yet, so
 * the direct DDL harms nobody; only a foreign key locks another table, and so comes in a step of
 * its own.
 */
final class CreateTablePlanner {

  private final Site site;
  private final Dialect dialect;

  CreateTablePlanner(Site site) {
    this.site = site;
    this.dialect = site.dialect();
  }

  Planned plan(CreateTable operation) {
    TableName name = operation.table().table();
    if (site.table(name).isPresent()) {
      return Refused.because(
          "name-taken",
          name.toString(),
          "there is a table or view of that name already",
          "Choose another name.");
    }
    List<Reason> rejected = new ArrayList<>();
    for (Draft<?> draft : operation.drafts()) {
      reason(draft).ifPresent(rejected::add);
    }
    return rejected.isEmpty()
        ? staged(operation, made(operation.table()))
        : new Planned.Refused(rejected);
  }

  private <A> Optional<Reason> reason(Draft<A> draft) {
    return site.answer(draft)
        .match(
            accepted -> Optional.empty(),
            rejected -> Optional.of(Refused.reason(draft.label(), rejected)));
  }

  private MadeTable made(TableDraft draft) {
    return site.answer(draft).accepted();
  }

  private Planned staged(CreateTable operation, MadeTable made) {
    TableName name = operation.table().table();
    FreshTable fresh = new FreshTable(site, name, made);
    Staging staging =
        new Staging()
            .claim(fresh.claim(name.name()))
            .reads(name, made.columns())
            .in(StageName.EXPAND, fresh.create(sql(operation, made)));
    for (ConstraintDraft draft : operation.constraints()) {
      if (draft.body() instanceof ForeignKey) {
        staging
            .claim(fresh.claim(draft.name()))
            .in(StageName.EXPAND, fresh.step(draft, site.answer(draft).accepted()));
      }
    }
    return staging
        .deploy("once expanded: deploy the version that uses %s".formatted(name))
        .planned();
  }

  private List<String> sql(CreateTable operation, MadeTable made) {
    TableDraft draft = operation.table();
    TableName name = draft.table();
    List<String> sql = new ArrayList<>();
    sql.add(dialect.tables().create(name, draft.unlogged(), made.elements(), made.partitionKey()));
    for (ConstraintDraft constraint : operation.constraints()) {
      if (!(constraint.body() instanceof ForeignKey)) {
        Printed printed = site.answer(constraint).accepted();
        sql.add(dialect.addConstraint(name, constraint.name(), printed.definition()));
      }
    }
    for (IndexDraft index : operation.indexes()) {
      Printed printed = site.answer(index).accepted();
      sql.add(
          dialect.tables().createIndex(name, index.name(), index.unique(), printed.definition()));
    }
    draft.comment().ifPresent(text -> sql.add(dialect.tables().comment(name, text)));
    draft
        .columns()
        .forEach(
            column ->
                column
                    .comment()
                    .ifPresent(
                        text ->
                            sql.add(dialect.tables().commentOnColumn(name, column.name(), text))));
    return sql;
  }
}
