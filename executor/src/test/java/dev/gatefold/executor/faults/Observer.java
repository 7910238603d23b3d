package dev.gatefold.executor.faults;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.faults.history.Checker;
import dev.gatefold.executor.faults.history.History;
import dev.gatefold.executor.faults.history.Reading;
import dev.gatefold.executor.faults.history.Seen;
import dev.gatefold.executor.faults.history.Side;
import dev.gatefold.executor.faults.scenario.Column;
import dev.gatefold.executor.faults.scenario.Scenario;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.name.Identifier;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks at every row, in each shape that is filled at the time, while no application writes. */
final class Observer {

  private final String url;
  private final Scenario scenario;
  private final History history;

  Observer(String url, Scenario scenario, History history) {
    this.url = url;
    this.scenario = scenario;
    this.history = history;
  }

  Optional<Rollout> rollout(String change) throws SQLException {
    try (LiveRollouts rollouts = LiveRollouts.open(DatabaseUrl.parse(url))) {
      return rollouts.find(new ChangeName(change));
    }
  }

  RolloutState state(String change) throws SQLException {
    return rollout(change).map(Rollout::state).orElse(RolloutState.ROLLED_BACK);
  }

  /** Writes down what is there under every key that ever was. */
  void look(String where, List<Integer> epochs) throws SQLException {
    Map<Long, Seen> rows = rows();
    Set<Long> keys = new TreeSet<>(rows.keySet());
    history.transactions().stream()
        .flatMap(transaction -> transaction.writes().stream())
        .forEach(write -> keys.add(write.key()));
    long now = history.tick();
    for (Long key : keys) {
      history.add(new Reading(where, key, now, now, epochs, Optional.ofNullable(rows.get(key))));
    }
  }

  private Map<Long, Seen> rows() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      Shapes shapes = Shapes.now(connection, scenario);
      List<Map<Side, Identifier>> names = new ArrayList<>();
      for (Column column : scenario.columns()) {
        names.add(filled(shapes, column));
      }
      return rows(connection, names);
    }
  }

  /** The shapes that hold every row. */
  private Map<Side, Identifier> filled(Shapes shapes, Column column) throws SQLException {
    return switch (state(column.change())) {
      case BACKFILLED, RETIRED -> shapes.of(column);
      case COMPLETED -> new EnumMap<>(Map.of(Side.NEW, new Identifier(column.now().name())));
      case PLANNED,
          EXPANDING,
          EXPANDED,
          BACKFILLING,
          RETIRING,
          DROPPING,
          ROLLING_BACK,
          ROLLED_BACK ->
          new EnumMap<>(Map.of(Side.OLD, new Identifier(column.old().name())));
    };
  }

  private static Map<Long, Seen> rows(Connection connection, List<Map<Side, Identifier>> names)
      throws SQLException {
    List<String> list =
        names.stream().flatMap(it -> it.values().stream()).map(Identifier::quoted).toList();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT id, version, %s FROM orders".formatted(String.join(", ", list)))) {
      Map<Long, Seen> rows = new TreeMap<>();
      while (row.next()) {
        rows.put(row.getLong(1), seen(row, names));
      }
      return rows;
    }
  }

  private static Seen seen(ResultSet row, List<Map<Side, Identifier>> names) throws SQLException {
    List<Map<Side, Optional<String>>> cells = new ArrayList<>();
    int at = 3;
    for (Map<Side, Identifier> sides : names) {
      Map<Side, Optional<String>> cell = new EnumMap<>(Side.class);
      for (Side side : sides.keySet()) {
        cell.put(side, Optional.ofNullable(row.getString(at++)));
      }
      cells.add(cell);
    }
    return new Seen(row.getLong(2), cells);
  }

  void mend(List<Integer> epochs) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      new Mending(scenario, Checker.expected(history), epochs).run(connection);
    }
  }
}
