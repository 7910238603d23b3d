package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.RenameTable;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.draft.Standing;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.Missing;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.operation.TableChecks;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.Table.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code rename_table}: {@code expand} makes a view of the new name, through which the table is
 * read and written; {@code retire} lets the table have the name in the view's place, in one
 * transaction.
 */
final class RenameTablePlanner {

  /** What a view can be granted to some purpose. */
  private static final Set<String> VIEW_RIGHTS = Set.of("SELECT", "INSERT", "UPDATE", "DELETE");

  private final Site site;
  private final Dialect dialect;

  RenameTablePlanner(Site site) {
    this.site = site;
    this.dialect = site.dialect();
  }

  Planned plan(RenameTable operation) {
    Optional<Table> table = site.table(operation.table());
    if (table.isEmpty()) {
      return Missing.table(operation.table());
    }
    List<Reason> reasons = new ArrayList<>(TableChecks.ofTable(table.get()));
    site.answer(operation.freeName())
        .match(
            free -> Optional.<Reason>empty(),
            taken -> Optional.of(Refused.reason(operation.to().toString(), taken)))
        .ifPresent(reasons::add);
    if (table.get().traits().contains(Trait.ROW_SECURITY) && site.version() < 15) {
      reasons.add(
          new Reason(
              "view-passes-policies",
              operation.table().toString(),
              "up to version 14 a view reads with the rights of its owner: no policy would hide a row from who uses the new name",
              "Upgrade the server; or rename the table in a maintenance window by a raw sql"
                  + " operation."));
    }
    return reasons.isEmpty()
        ? site.answer(operation.standing())
            .match(
                standing -> plan(new TableWork(site, table.get()), operation.to(), standing),
                rejected -> Refused.byServer(operation.table().toString(), rejected))
        : new Planned.Refused(reasons);
  }

  private Planned plan(TableWork work, TableName to, Standing standing) {
    List<Identifier> columns = work.table().columns().stream().map(Column::name).toList();
    Staging staging =
        new Staging()
            .claim(work.claim(work.name().name()))
            .claim(work.claim(to.name()))
            .reads(work.name(), columns)
            .in(StageName.EXPAND, view(work, to, standing, columns))
            .in(StageName.RETIRE, swap(work, to, standing, columns))
            .deploy("once expanded: deploy the version that uses %s".formatted(to))
            .deploy(
                "before retire: every version that uses %s must be gone".formatted(work.name()));
    columns.forEach(column -> staging.claim(work.claim(column)));
    return staging.planned();
  }

  private Step view(TableWork work, TableName to, Standing standing, List<Identifier> columns) {
    String id = "expand.view." + to;
    return work.brief(
        id,
        "create view of the new name",
        LockMode.ACCESS_SHARE,
        List.of(work.name()),
        viewSql(work, to, standing, columns),
        List.of(dialect.tables().isFree(to), dialect.tables().columnsAre(work.name(), columns)),
        Undo.by(
            new Step.BriefDdl(
                id + ".undo",
                "drop view of the new name",
                List.of(dialect.tables().dropView(to)),
                LockMode.ACCESS_EXCLUSIVE,
                List.of(to),
                List.of(work.isTheTable()),
                Optional.empty(),
                new Undo.Nothing())));
  }

  private List<String> viewSql(
      TableWork work, TableName to, Standing standing, List<Identifier> columns) {
    List<String> sql = new ArrayList<>();
    sql.add(dialect.tables().createMirror(to, work.name(), columns, site.version()));
    standing.comment().ifPresent(text -> sql.add(dialect.tables().commentOnView(to, text)));
    standing
        .comments()
        .forEach((column, text) -> sql.add(dialect.tables().commentOnColumn(to, column, text)));
    standing.privileges().stream()
        .filter(right -> VIEW_RIGHTS.contains(right.privilege()))
        .forEach(right -> sql.add(dialect.tables().grant(to, right)));
    return sql;
  }

  private Step swap(TableWork work, TableName to, Standing standing, List<Identifier> columns) {
    String id = "retire.rename." + work.name();
    Identifier between = work.names().oldRelation();
    List<String> there = new ArrayList<>(List.of(dialect.tables().dropView(to)));
    there.addAll(dialect.tables().move(work.name(), to, between));
    List<String> back = new ArrayList<>(dialect.tables().move(to, work.name(), between));
    back.addAll(viewSql(work, to, standing, columns));
    return work.brief(
        id,
        "rename table in the view's place",
        LockMode.ACCESS_EXCLUSIVE,
        // Whoever reads the view locks it before its table.
        List.of(to, work.name()),
        there,
        List.<Check>of(),
        Undo.by(
            new Step.BriefDdl(
                id + ".undo",
                "rename table back",
                back,
                LockMode.ACCESS_EXCLUSIVE,
                List.of(to),
                List.of(
                    dialect.tableIs(to, work.table().oid()),
                    dialect.tables().columnsAre(to, columns)),
                Optional.empty(),
                new Undo.Nothing())));
  }
}
