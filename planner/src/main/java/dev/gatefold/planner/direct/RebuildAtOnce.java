package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.RebuildTable;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.schema.Table;
import java.util.ArrayList;
import java.util.List;

/** {@code rebuild_table} while nobody uses the table: in one transaction, by plain DDL. */
public record RebuildAtOnce(Site site, RebuildTable operation) {

  /** What the planner accepts for the stages is accepted here. */
  public List<String> statements() {
    Dialect dialect = site.dialect();
    Table table = site.table(operation.table()).orElseThrow();
    Rebuild rebuild =
        new Rebuild(site, operation, table, site.answer(operation.shape()).accepted());
    List<String> sql =
        new ArrayList<>(rebuild.copies().create(rebuild.building(), table, rebuild.shape()));
    sql.addAll(new RebuildIndexes(rebuild).carried());
    sql.add(rebuild.copyAll());
    sql.addAll(new RebuildSwap(rebuild).renamed());
    sql.add(dialect.tables().drop(rebuild.hidden()));
    return sql;
  }
}
