package dev.gatefold.executor.store;

import dev.gatefold.executor.database.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What the catalog said about each table at the end of the last stage. */
public final class ImageStore {

  public void save(Connection connection, long rollout, long table, List<String> lines)
      throws SQLException {
    Query.of(
            """
            INSERT INTO gatefold.image (rollout_id, table_oid, lines) VALUES (?, ?, ?)
            ON CONFLICT (rollout_id, table_oid) DO UPDATE SET lines = EXCLUDED.lines""",
            rollout,
            table,
            lines)
        .update(connection);
  }

  public Optional<List<String>> find(Connection connection, long rollout, long table)
      throws SQLException {
    return Query.of(
            "SELECT lines FROM gatefold.image WHERE rollout_id = ? AND table_oid = ?",
            rollout,
            table)
        .first(connection, row -> List.of((String[]) row.getArray(1).getArray()));
  }
}
