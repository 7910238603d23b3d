package dev.gatefold.executor.store;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.change.Gates;
import dev.gatefold.planner.change.GatesJson;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** What is asked of the gates of a rollout, kept with it. Stateless and thread-safe. */
public final class GateStore {

  /** The stricter of the change's own file and of the target under which it came this far. */
  public Gates find(Connection connection, long rollout) throws SQLException {
    return read(connection, "gates", rollout).stricter(read(connection, "floor", rollout));
  }

  /**
   * Those of a file that was submitted. The floor is replaced by another one, never by none: a
   * command that names no target shall not loosen what one that did has set.
   */
  public void submitted(Connection connection, long rollout, Gates file, Gates floor)
      throws SQLException {
    write(connection, "gates", rollout, file);
    if (!floor.equals(Gates.NONE)) {
      write(connection, "floor", rollout, floor);
    }
  }

  /** Keeps with a rollout what a later command asks for beyond what is kept already. */
  public void tighten(Connection connection, long rollout, Gates floor) throws SQLException {
    Gates before = read(connection, "floor", rollout);
    Gates after = before.stricter(floor);
    if (!after.equals(before)) {
      write(connection, "floor", rollout, after);
    }
  }

  private static Gates read(Connection connection, String column, long rollout)
      throws SQLException {
    return Query.of("SELECT %s FROM gatefold.rollout WHERE id = ?".formatted(column), rollout)
        .first(connection, row -> Optional.ofNullable(row.getString(1)))
        .flatMap(json -> json)
        .map(GatesJson::read)
        .orElse(Gates.NONE);
  }

  private static void write(Connection connection, String column, long rollout, Gates gates)
      throws SQLException {
    Query.of(
            "UPDATE gatefold.rollout SET %s = ?::jsonb WHERE id = ?".formatted(column),
            GatesJson.write(gates),
            rollout)
        .update(connection);
  }
}
