package dev.gatefold.planner.standalone;

import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.BackfillSettings.UserTriggers;
import dev.gatefold.planner.change.StandaloneBackfill;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.Refusal;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.RowMapping.Filled;
import dev.gatefold.planner.plan.RowMapping.GroupMapping;
import dev.gatefold.planner.plan.StandalonePlan;
import dev.gatefold.planner.plan.StandalonePlanning;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.StandaloneProbe;
import dev.gatefold.planner.schema.StandaloneProbe.Value;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.UniqueKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Plans a backfill without a change of schema. A pure function.
 *
 * <p>No sync goes with it. So it walks along a key, in which a row keeps its place when it is
 * updated; from block to block an update would move it out of what remains. Rows whose key is
 * updated are looked for when all are passed, where that can be done.
 */
public final class StandalonePlanner {

  private final Dialect dialect;

  public StandalonePlanner(Dialect dialect) {
    this.dialect = dialect;
  }

  /** What is to be done, or every reason against it. */
  public StandalonePlanning plan(StandaloneBackfill backfill, StandaloneProbe seen) {
    StandaloneChecks checks = new StandaloneChecks(backfill, seen);
    List<Reason> reasons = checks.reasons();
    if (!reasons.isEmpty()) {
      return new Refusal(reasons);
    }
    Table table = seen.table().orElseThrow();
    UniqueKey key = Walk.of(backfill, table).orElseThrow();
    return new StandalonePlan(
        backfill.name(),
        new RowMapping(
            table.name(),
            table.oid(),
            key.columns(),
            key.words(),
            List.of(),
            // Nothing asks for it: a sync of a change on the table takes the new values along.
            "gatefold.standalone=" + backfill.name(),
            List.of(group(backfill, table, seen)),
            seen.where().map(where -> where.accepted().sql().over(RowMapping.ROW)),
            Optional.empty(),
            Optional.empty()),
        settings(backfill),
        checks.moved(table).looks());
  }

  /** Where nobody chose, nothing would fire but what the server itself checks. */
  private static BackfillSettings settings(StandaloneBackfill backfill) {
    return backfill
        .settings()
        .withUserTriggers(backfill.settings().chosenTriggers().orElse(UserTriggers.FIRE));
  }

  private GroupMapping group(StandaloneBackfill backfill, Table table, StandaloneProbe seen) {
    List<Identifier> columns =
        backfill.set().stream().map(StandaloneBackfill.Assignment::column).toList();
    Map<Identifier, Value> values =
        columns.stream()
            .collect(
                Collectors.toMap(
                    column -> column,
                    column ->
                        Optional.ofNullable(seen.values().get(column)).orElseThrow().accepted()));
    boolean steady = values.values().stream().allMatch(Value::steady);
    return new GroupMapping(
        List.of(),
        columns.stream().map(column -> new Filled(column, over(values, column))).toList(),
        // A volatile value would be computed twice, and nextval leave holes: every row is written.
        steady
            ? columns.stream()
                .map(column -> same(table.column(column).orElseThrow(), over(values, column)))
                .collect(Collectors.joining(" AND "))
            : "false",
        "false",
        List.of());
  }

  private String same(Column column, String value) {
    return "("
        + dialect.same(
            RowMapping.ROW + "." + column.name().quoted(), "(" + value + ")", column.type())
        + ")";
  }

  private static String over(Map<Identifier, Value> values, Identifier column) {
    return Optional.ofNullable(values.get(column)).orElseThrow().sql().over(RowMapping.ROW);
  }
}
