package dev.gatefold.planner.direct;

import dev.gatefold.planner.draft.MadeTable;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Plan.Claim;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.Optional;

/** A table that is there, or that the same change makes. */
record Subject(Site site, TableName name, Optional<Table> table, Optional<MadeTable> made) {

  static Optional<Subject> of(Site site, TableName name) {
    Optional<Table> table = site.table(name);
    Optional<MadeTable> made = table.isPresent() ? Optional.empty() : site.made(name);
    return table.isPresent() || made.isPresent()
        ? Optional.of(new Subject(site, name, table, made))
        : Optional.empty();
  }

  Claim claim(Identifier object) {
    return new Claim(name, table.map(Table::oid).orElse(0L), object, false);
  }

  /** Of a table that nobody uses yet, nothing has to wait until old versions are gone. */
  StageName stageOfLoss() {
    return table.isPresent() ? StageName.RETIRE : StageName.EXPAND;
  }

  private Check isTheTable() {
    return table
        .map(there -> site.dialect().tableIs(name, there.oid()))
        .orElseGet(() -> site.dialect().tables().hasColumns(name, made.orElseThrow().columns()));
  }

  /** Metadata only, there and back. */
  Step brief(String id, String kind, List<String> sql, String backKind, List<String> back) {
    return brief(id, kind, sql, Undo.by(brief(id + ".undo", backKind, back, new Undo.Nothing())));
  }

  private Step brief(String id, String kind, List<String> sql, Undo undo) {
    return new Step.BriefDdl(
        id,
        kind,
        sql,
        LockMode.ACCESS_EXCLUSIVE,
        List.of(name),
        List.of(isTheTable()),
        Optional.empty(),
        undo);
  }
}
