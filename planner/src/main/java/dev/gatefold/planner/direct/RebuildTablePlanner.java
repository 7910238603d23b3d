package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.RebuildTable;
import dev.gatefold.planner.draft.Standing;
import dev.gatefold.planner.operation.Missing;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.operation.TableChecks;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code rebuild_table}: the rows are copied to a table of the new shape, which takes the name. */
final class RebuildTablePlanner {

  private final Site site;

  RebuildTablePlanner(Site site) {
    this.site = site;
  }

  Planned plan(RebuildTable operation) {
    Optional<Table> table = site.table(operation.table());
    if (table.isEmpty()) {
      return Missing.table(operation.table());
    }
    List<Reason> reasons = new ArrayList<>(TableChecks.ofTable(table.get()));
    if (!reasons.isEmpty()) {
      return new Planned.Refused(reasons);
    }
    return site.answer(operation.standing())
        .match(
            standing -> plan(operation, table.get(), standing),
            rejected -> Refused.byServer(operation.table().toString(), rejected));
  }

  private Planned plan(RebuildTable operation, Table table, Standing standing) {
    List<Reason> reasons = new RebuildChecks(site, operation, table, standing).reasons();
    return reasons.isEmpty()
        ? site.answer(operation.shape())
            .match(
                shape -> planned(new Rebuild(site, operation, table, shape)),
                rejected -> Refused.byServer(operation.table().toString(), rejected))
        : new Planned.Refused(reasons);
  }

  private Planned planned(Rebuild rebuild) {
    Table table = rebuild.table();
    RebuildSteps steps = new RebuildSteps(rebuild);
    Staging staging =
        new Staging()
            .claim(rebuild.work().claim(table.name().name()))
            .reads(table.name(), table.columns().stream().map(Column::name).toList());
    table.columns().forEach(column -> staging.claim(rebuild.work().claim(column.name())));
    for (StageName stage : StageName.values()) {
      staging.in(stage, steps.in(stage));
    }
    return staging
        .deploy(
            "%s keeps its name and its columns: nothing has to be deployed".formatted(table.name()))
        .planned();
  }
}
