package dev.gatefold.executor.faults;

import dev.gatefold.executor.faults.history.Side;
import dev.gatefold.executor.faults.scenario.Column;
import dev.gatefold.executor.faults.scenario.Scenario;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.replacement.Names;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Under which names the two shapes of a column stand in the table now. */
final class Shapes {

  private static final TableName ORDERS =
      new TableName(new Identifier("public"), new Identifier("orders"));

  private final Scenario scenario;

  /** The type of each column that is there, by its name. */
  private final Map<String, String> types;

  private Shapes(Scenario scenario, Map<String, String> types) {
    this.scenario = scenario;
    this.types = types;
  }

  static Shapes now(Connection connection, Scenario scenario) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
                WHERE attrelid = 'orders'::regclass AND attnum > 0 AND NOT attisdropped""")) {
      Map<String, String> types = new HashMap<>();
      while (rows.next()) {
        types.put(rows.getString(1), rows.getString(2));
      }
      return new Shapes(scenario, types);
    }
  }

  /** The shapes that there are, filled or not. */
  Map<Side, Identifier> of(Column column) {
    Names ours = new Names(new ChangeName(column.change()), ORDERS);
    int attnum = scenario.attnum(column);
    Identifier hidden = ours.oldColumn(attnum);
    Identifier now = new Identifier(column.now().name());
    Map<Side, Identifier> names = new EnumMap<>(Side.class);
    if (types.containsKey(hidden.value())) {
      names.put(Side.OLD, hidden);
      names.put(Side.NEW, now);
      return names;
    }
    put(names, Side.OLD, new Identifier(column.old().name()));
    put(names, Side.NEW, column.keepsName() ? ours.newColumn(attnum) : now);
    return names;
  }

  private void put(Map<Side, Identifier> names, Side side, Identifier name) {
    if (types.containsKey(name.value())) {
      names.put(side, name);
    }
  }

  String type(Identifier name) {
    return types.getOrDefault(name.value(), "unknown");
  }
}
