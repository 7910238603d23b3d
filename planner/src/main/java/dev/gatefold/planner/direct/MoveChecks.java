package dev.gatefold.planner.direct;

import dev.gatefold.planner.operation.TableChecks;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.stream.Stream;

/** Why columns cannot move between two tables, whichever they are. */
final class MoveChecks {

  private final Site site;
  private final Table source;
  private final Table target;

  MoveChecks(Site site, Table source, Table target) {
    this.site = site;
    this.source = source;
    this.target = target;
  }

  List<Reason> reasons() {
    return Stream.of(source, target)
        .flatMap(
            table ->
                Stream.concat(
                    partitioned(table),
                    TableChecks.ofRows(table, site.whole().backfill(), site.schema().server())
                        .stream()))
        .toList();
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
