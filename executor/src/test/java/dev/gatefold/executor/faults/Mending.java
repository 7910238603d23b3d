package dev.gatefold.executor.faults;

import dev.gatefold.executor.faults.history.Cell;
import dev.gatefold.executor.faults.history.Side;
import dev.gatefold.executor.faults.scenario.Column;
import dev.gatefold.executor.faults.scenario.Scenario;
import dev.gatefold.planner.name.Identifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An administrator who knows what each row must be: writes that the sync did not see are made good
 * by hand, and its triggers work again from the same transaction on.
 */
final class Mending {

  private final Scenario scenario;
  private final Map<Long, List<Cell>> expected;
  private final List<Integer> epochs;

  Mending(Scenario scenario, Map<Long, List<Cell>> expected, List<Integer> epochs) {
    this.scenario = scenario;
    this.expected = expected;
    this.epochs = epochs;
  }

  private record Target(int column, Side side, Identifier name, String type) {}

  void run(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE");
      List<String> triggers = triggers(statement);
      for (String trigger : triggers) {
        statement.execute("ALTER TABLE orders DISABLE TRIGGER " + trigger);
      }
      rows(connection, targets(Shapes.now(connection, scenario)));
      for (String trigger : triggers) {
        statement.execute("ALTER TABLE orders ENABLE ALWAYS TRIGGER " + trigger);
      }
      connection.commit();
    }
  }

  private static List<String> triggers(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            """
            SELECT quote_ident(tgname) FROM pg_trigger
            WHERE tgrelid = 'orders'::regclass AND tgname LIKE '~gatefold%'""")) {
      List<String> triggers = new ArrayList<>();
      while (rows.next()) {
        triggers.add(rows.getString(1));
      }
      return triggers;
    }
  }

  private List<Target> targets(Shapes shapes) {
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < scenario.columns().size(); i++) {
      int column = i;
      shapes
          .of(scenario.columns().get(i))
          .forEach((side, name) -> targets.add(new Target(column, side, name, shapes.type(name))));
    }
    return targets;
  }

  private void rows(Connection connection, List<Target> targets) throws SQLException {
    List<Long> keys = List.copyOf(expected.keySet());
    String sql =
        """
        UPDATE orders o SET %s
        FROM unnest(CAST(? AS bigint[])%s) e (id%s)
        WHERE o.id = e.id AND (%s) IS DISTINCT FROM (%s)"""
            .formatted(
                each(targets, ", ", "%2$s = CAST(e.v%1$d AS %3$s)"),
                each(targets, "", ", CAST(? AS text[])"),
                each(targets, "", ", v%1$d"),
                each(targets, ", ", "CAST(o.%2$s AS text)"),
                each(targets, ", ", "e.v%1$d"));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("bigint", keys.toArray()));
      for (int i = 0; i < targets.size(); i++) {
        statement.setArray(
            i + 2, connection.createArrayOf("text", values(keys, targets.get(i)).toArray()));
      }
      statement.executeUpdate();
    }
  }

  private List<String> values(List<Long> keys, Target target) {
    Column column = scenario.columns().get(target.column());
    List<String> values = new ArrayList<>();
    for (Long key : keys) {
      Optional<String> value =
          expected
              .getOrDefault(key, List.of())
              .get(target.column())
              .as(target.side(), epochs.get(target.column()), column.up());
      values.add(value.orElse(null));
    }
    return values;
  }

  private static String each(List<Target> targets, String separator, String format) {
    return IntStream.range(0, targets.size())
        .mapToObj(i -> format.formatted(i, targets.get(i).name().quoted(), targets.get(i).type()))
        .collect(Collectors.joining(separator));
  }
}
