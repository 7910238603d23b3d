package dev.gatefold.planner;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.fill.Fill;
import dev.gatefold.planner.fill.TableFill;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** New columns to fill, each table with one backfill for all of them. */
final class TableFills {

  private final ChangeName change;
  private final Schema schema;
  private final Dialect dialect;
  private final Map<TableName, List<Fill>> tables;

  TableFills(ChangeName change, Schema schema, Dialect dialect, List<Planned.Staged> staged) {
    this.change = change;
    this.schema = schema;
    this.dialect = dialect;
    this.tables =
        staged.stream()
            .flatMap(planned -> planned.fills().stream())
            .collect(Collectors.groupingBy(Fill::table, TreeMap::new, Collectors.toList()));
  }

  /** A table has one backfill at a time, and one sync that it leans on. */
  List<Reason> reasons(Set<TableName> replaced) {
    return tables.keySet().stream()
        .flatMap(
            name ->
                Stream.concat(
                    replaced.contains(name) ? Stream.of(beside(name)) : Stream.of(),
                    keyless(table(name))))
        .toList();
  }

  private static Reason beside(TableName table) {
    return new Reason(
        "filled-beside",
        table.toString(),
        "one operation of the change fills a new column of the table, and another replaces columns"
            + " of it",
        "Put the two operations in changes of their own, one after the other.");
  }

  private static Stream<Reason> keyless(Table table) {
    return table.kind() == Table.Kind.PARTITIONED && table.keys().isEmpty()
        ? Stream.of(
            new Reason(
                "no-unique-key",
                table.name().toString(),
                "the partitioned table has no unique key along which its rows could be visited",
                "Add a primary key, or a unique constraint over NOT NULL columns, first."))
        : Stream.of();
  }

  /** The steps of a stage, around those of the operations themselves. */
  List<Step> around(StageName stage, List<Step> operations) {
    return switch (stage) {
      case EXPAND -> Stream.concat(operations.stream(), each(TableFill::expand)).toList();
      case BACKFILL ->
          Stream.of(each(TableFill::backfill), operations.stream(), each(TableFill::afterBackfill))
              .flatMap(steps -> steps)
              .toList();
      case RETIRE -> Stream.concat(each(TableFill::retire), operations.stream()).toList();
      case DROP -> operations;
    };
  }

  private interface Steps {
    List<Step> of(TableFill fill);
  }

  private Stream<Step> each(Steps steps) {
    return tables.entrySet().stream()
        .map(entry -> new TableFill(change, table(entry.getKey()), dialect, entry.getValue()))
        .flatMap(fill -> steps.of(fill).stream());
  }

  private Table table(TableName name) {
    return schema.table(name).orElseThrow(() -> new IllegalStateException("no table " + name));
  }
}
