package dev.gatefold.planner.direct;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.operation.TableChecks;
import dev.gatefold.planner.operation.TriggerChoice.Writes;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Why columns cannot move between two tables, whichever they are. */
final class MoveChecks {

  private final Site site;
  private final Table source;
  private final Table target;
  private final List<Identifier> columns;

  MoveChecks(Site site, Table source, Table target, List<Identifier> columns) {
    this.site = site;
    this.source = source;
    this.target = target;
    this.columns = columns;
  }

  /** A row of the source is written as it is; the sync carries it over, and may make a row. */
  List<Reason> reasons() {
    return Stream.concat(
            reasons(source, Writes.to(columns)), reasons(target, new Writes(Set.of(), true)))
        .toList();
  }

  private Stream<Reason> reasons(Table table, Writes writes) {
    return Stream.concat(
        partitioned(table),
        TableChecks.ofRows(table, writes, site.whole().backfill(), site.schema().server())
            .stream());
  }

  /** What waits for the end of a transaction is no trigger of a partitioned table's. */
  private static Stream<Reason> partitioned(Table table) {
    return table.kind() == Table.Kind.PARTITIONED
        ? Stream.of(
            new Reason(
                "move-partitioned",
                table.name().toString(),
                "the rows of a partitioned table are not kept in step with those of another one",
                "Keep the columns where they are, or move them in a maintenance window by a raw sql"
                    + " operation."))
        : Stream.empty();
  }
}
