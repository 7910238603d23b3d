package dev.gatefold.planner;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.fill.TableFill;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.replacement.Fill;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * New columns to fill, each table with one backfill for all of them: its own, or that of the
 * columns that give way.
 */
final class TableFills {

  private final ChangeName change;
  private final Schema schema;
  private final Dialect dialect;
  private final Map<TableName, List<Fill>> tables;
  private final Map<TableName, List<Fill>> shared;

  /**
   * All fills of a plan.
   *
   * @param replaced the tables that have a backfill already, which fills their new columns as well
   */
  TableFills(
      ChangeName change,
      Schema schema,
      Dialect dialect,
      List<Planned.Staged> staged,
      Set<TableName> replaced) {
    this.change = change;
    this.schema = schema;
    this.dialect = dialect;
    this.tables = of(staged, table -> !replaced.contains(table));
    this.shared = of(staged, replaced::contains);
  }

  private static Map<TableName, List<Fill>> of(
      List<Planned.Staged> staged, Predicate<TableName> which) {
    return staged.stream()
        .flatMap(planned -> planned.fills().stream())
        .filter(fill -> which.test(fill.table()))
        .collect(Collectors.groupingBy(Fill::table, TreeMap::new, Collectors.toList()));
  }

  /** The tables whose columns are filled apart from all else. */
  Set<TableName> tables() {
    return tables.keySet();
  }

  /** What the backfill of a table whose columns give way fills as well. */
  List<Fill> beside(TableName table) {
    return shared.getOrDefault(table, List.of());
  }

  /** The rows of partitions have no places in the table, but for those in a key. */
  List<Reason> reasons() {
    return tables.keySet().stream().flatMap(name -> keyless(table(name))).toList();
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

  /**
   * The steps of a stage, around those of the operations themselves.
   *
   * @param rows steps that fill the rows of other tables on which the operations lean
   */
  List<Step> around(StageName stage, List<Step> rows, List<Step> operations) {
    return switch (stage) {
      case EXPAND -> Stream.concat(operations.stream(), each(TableFill::expand)).toList();
      case BACKFILL ->
          Stream.of(
                  each(TableFill::backfill),
                  rows.stream(),
                  operations.stream(),
                  each(TableFill::afterBackfill))
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
