package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.DropTable;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.draft.Standing;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.Missing;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.operation.TableChecks;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.plan.Plan.Leaving;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Constraint.Kind;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.Table.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code drop_table}: {@code retire} gives it a name that nobody knows, {@code drop} takes it away,
 * its foreign keys first: each locks the table that it refers to. Nothing else goes with it.
 */
final class DropTablePlanner {

  private final Site site;
  private final Dialect dialect;

  DropTablePlanner(Site site) {
    this.site = site;
    this.dialect = site.dialect();
  }

  Planned plan(DropTable operation) {
    Optional<Table> table = site.table(operation.table());
    if (table.isEmpty()) {
      return Missing.table(operation.table());
    }
    List<Reason> reasons = TableChecks.ofTable(table.get());
    return reasons.isEmpty()
        ? site.answer(operation.standing())
            .match(
                standing -> plan(table.get(), standing),
                rejected -> Refused.byServer(operation.table().toString(), rejected))
        : new Planned.Refused(reasons);
  }

  private Planned plan(Table table, Standing standing) {
    List<Reason> reasons = LeavingChecks.reasons(site, table, standing);
    if (!reasons.isEmpty()) {
      return new Planned.Refused(reasons);
    }
    TableName name = table.name();
    Hidden hidden = new Hidden(site, table);
    Staging staging =
        new Staging()
            .reads(name, table.columns().stream().map(column -> column.name()).toList())
            .leaving(new Leaving(name, table.oid(), Optional.empty(), hidden.name().name()))
            .in(
                StageName.RETIRE,
                hidden.retire(
                    "retire.table." + name,
                    "table",
                    rename(name, hidden.name().name()),
                    rename(hidden.name(), name.name())))
            .in(StageName.DROP, drops(table, hidden))
            .deploy("before retire: every version that uses %s must be gone".formatted(name));
    hidden.claims().forEach(staging::claim);
    if (table.traits().contains(Trait.PUBLISHED)) {
      staging.hazard(
          new Hazard(
              "published",
              Severity.WARNING,
              name.toString(),
              "a publication of all tables sends this one: from retire on under its hidden name,"
                  + " which subscribers do not know",
              "Drop the table on the subscribers after this change, and let nobody write it before."));
    }
    return staging.planned();
  }

  private String rename(TableName from, Identifier to) {
    return dialect.tables().move(from, new TableName(from.schema(), to), to).get(0);
  }

  private List<Step> drops(Table table, Hidden hidden) {
    List<Step> steps = new ArrayList<>();
    for (Constraint key : table.constraints()) {
      if (key.kind() == Kind.FOREIGN_KEY && !key.referenced().equals(Optional.of(table.name()))) {
        steps.add(
            hidden.drop(
                "drop.foreign-key." + table.name() + "." + key.name(),
                "foreign key",
                List.of(key.referenced().orElseThrow(), hidden.name()),
                dialect.dropConstraint(hidden.name(), key.name())));
      }
    }
    steps.add(
        hidden.drop(
            "drop.table." + table.name(),
            "table",
            List.of(hidden.name()),
            dialect.tables().drop(hidden.name())));
    return steps;
  }
}
