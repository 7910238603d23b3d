package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.RawSql;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.Missing;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Plan.Claim;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.Optional;

/**
 * {@code sql}: what its author wrote, with the lock and the undo that its author says. Nothing of
 * it is proven; it runs like any other step, with its record.
 */
final class RawSqlPlanner {

  private final Site site;
  private final Dialect dialect;

  RawSqlPlanner(Site site) {
    this.site = site;
    this.dialect = site.dialect();
  }

  Planned plan(RawSql operation) {
    for (TableName table : operation.tables()) {
      if (site.table(table).isEmpty() && site.made(table).isEmpty()) {
        return Missing.table(table);
      }
    }
    return site.answer(operation.draft())
        .match(
            looked -> staged(operation),
            rejected -> Refused.byServer(operation.draft().label(), rejected));
  }

  private Planned staged(RawSql operation) {
    String id = operation.stage() + ".sql." + operation.label();
    Staging staging = new Staging().in(stage(operation), step(operation, id));
    operation.tables().forEach(table -> staging.claim(claim(table)));
    return staging.planned();
  }

  private static StageName stage(RawSql operation) {
    return StageName.of(operation.stage()).orElseThrow();
  }

  private static LockMode lock(RawSql operation) {
    return LockMode.valueOf(operation.lock().replace(' ', '_'));
  }

  private Claim claim(TableName table) {
    return new Claim(table, site.table(table).map(Table::oid).orElse(0L), table.name(), false);
  }

  private List<Check> areTheTables(RawSql operation) {
    return operation.tables().stream()
        .flatMap(table -> site.table(table).stream())
        .map(table -> dialect.tableIs(table.name(), table.oid()))
        .toList();
  }

  private Step step(RawSql operation, String id) {
    Undo undo =
        operation.down().isEmpty()
            ? new Undo.PointOfNoReturn("its author gave no \"down\" for " + id)
            : Undo.by(
                step(
                    operation,
                    id + ".undo",
                    operation.down(),
                    operation.done().map(RawSqlPlanner::not),
                    new Undo.Nothing()));
    return step(operation, id, operation.up(), operation.done(), undo);
  }

  private Step step(
      RawSql operation, String id, List<String> statements, Optional<String> done, Undo undo) {
    String kind = id.endsWith(".undo") ? "run sql back" : RawSql.KIND;
    List<Check> checks = id.endsWith(".undo") ? List.of() : areTheTables(operation);
    return done.<Step>map(
            question ->
                new Step.OnlineDdl(
                    id,
                    kind,
                    dialect.amongPublic(statements, false),
                    lock(operation),
                    operation.tables(),
                    checks,
                    new Check(question, "it is not done: " + question),
                    List.of(),
                    undo))
        .orElseGet(
            () ->
                new Step.BriefDdl(
                    id,
                    kind,
                    dialect.amongPublic(statements, true),
                    lock(operation),
                    operation.tables(),
                    checks,
                    Optional.empty(),
                    undo));
  }

  private static String not(String question) {
    return "SELECT NOT coalesce((" + question + "), false)";
  }
}
