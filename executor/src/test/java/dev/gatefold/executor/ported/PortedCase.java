package dev.gatefold.executor.ported;

import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.trial.Version;
import dev.gatefold.executor.trial.Writer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * One case.
 *
 * @param origin the names that it has in the tests of gh-ost or Vitess
 * @param schema the table with its rows
 * @param operations of the change, each line with its dash
 * @param old what applications write that know the old shape, round after round
 * @param fresh what those write that know the new one
 * @param directDdl leads to the same end
 */
record PortedCase(
    String origin,
    String schema,
    String operations,
    List<String> old,
    List<String> fresh,
    String directDdl) {

  PortedCase {
    old = List.copyOf(old);
    fresh = List.copyOf(fresh);
  }

  static PortedCase of(String origin, String schema, String operations, String directDdl) {
    return new PortedCase(origin, schema, operations, List.of(), List.of(), directDdl);
  }

  PortedCase old(String... statements) {
    return new PortedCase(origin, schema, operations, List.of(statements), fresh, directDdl);
  }

  PortedCase fresh(String... statements) {
    return new PortedCase(origin, schema, operations, old, List.of(statements), directDdl);
  }

  String change() {
    return "change: ported\noperations:\n"
        + operations.stripTrailing().indent(2)
        + "backfill: {user_triggers: skip}\n";
  }

  /** Writes what the version writes; every statement has to succeed. */
  Writer writer() {
    return (Connection connection, Version version, RolloutState state) -> {
      long rows = 0;
      try (Statement statement = connection.createStatement()) {
        for (String sql : version == Version.OLD ? old : fresh) {
          rows += written(statement, sql);
        }
      }
      return rows;
    };
  }

  private static long written(Statement statement, String sql) throws SQLException {
    return statement.execute(sql) ? 0 : statement.getUpdateCount();
  }

  @Override
  public String toString() {
    return origin;
  }
}
