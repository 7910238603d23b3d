package dev.gatefold.executor.demo;

import dev.gatefold.executor.database.Query;
import java.sql.Connection;
import java.sql.SQLException;

/** Adds up what Gatefold's own verifications found, before a rollback forgets them. */
final class Comparisons {

  private final Connection connection;
  private Found found = new Found(0, 0, 0);

  Comparisons(Connection connection) {
    this.connection = connection;
  }

  /** The last pass, and rows and mismatches of all. */
  record Found(long last, long rows, long mismatches) {}

  void look() throws SQLException {
    found =
        Query.of(
                """
                SELECT coalesce(max(id), 0), coalesce(sum(rows), 0), coalesce(sum(mismatches), 0)
                FROM gatefold.verification WHERE id > ? AND ended_at IS NOT NULL\
                """,
                found.last())
            .first(
                connection,
                row ->
                    new Found(
                        Math.max(found.last(), row.getLong(1)),
                        found.rows() + row.getLong(2),
                        found.mismatches() + row.getLong(3)))
            .orElseThrow();
  }

  Found found() {
    return found;
  }
}
