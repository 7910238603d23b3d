package dev.gatefold.executor.store;

import dev.gatefold.backfill.RowKeeper;
import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.executor.database.Query;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Rows that a backfill left as they were since they cannot be converted. Works in the caller's
 * transaction. Stateless and thread-safe.
 */
public final class BadRowStore {

  /**
   * One row.
   *
   * @param table its name as it is now
   */
  public record Kept(String table, BadRow row, Instant seenAt) {}

  /**
   * Writes down what a backfill leaves as it is; of a row that stands there already, the reason is
   * the newer one.
   */
  public RowKeeper keeper(Subject subject, long table) {
    return row -> {
      List<String> parameters =
          new ArrayList<>(
              List.of(subject.kind(), Long.toString(subject.id()), Long.toString(table)));
      parameters.addAll(row.key().values());
      parameters.add(row.reason());
      return BoundStatement.of(
          """
          INSERT INTO gatefold.bad_row (subject, subject_id, table_oid, key, reason)
          VALUES (?, ?::bigint, ?::bigint, ARRAY[%s]::text[], ?)
          ON CONFLICT (subject, subject_id, table_oid, key) DO UPDATE
          SET reason = EXCLUDED.reason, seen_at = EXCLUDED.seen_at"""
              .formatted(String.join(", ", Collections.nCopies(row.key().values().size(), "?"))),
          parameters);
    };
  }

  /** All rows, table by table in the order in which they were found. */
  public List<Kept> list(Connection connection, Subject subject) throws SQLException {
    return Query.of(
            """
            SELECT coalesce(format('%I.%I', n.nspname, c.relname), b.table_oid::text) AS name,
                   b.key, b.reason, b.seen_at
            FROM gatefold.bad_row b
            LEFT JOIN pg_class c ON c.oid = b.table_oid::oid
            LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE b.subject = ? AND b.subject_id = ?
            ORDER BY b.table_oid, b.seen_at, b.key""",
            subject.kind(), subject.id())
        .list(connection, BadRowStore::kept);
  }

  /** The rows of one table. */
  public List<BadRow> list(Connection connection, Subject subject, long table) throws SQLException {
    return Query.of(
            """
            SELECT key, reason FROM gatefold.bad_row
            WHERE subject = ? AND subject_id = ? AND table_oid = ?
            ORDER BY seen_at, key""",
            subject.kind(),
            subject.id(),
            table)
        .list(connection, BadRowStore::row);
  }

  public long count(Connection connection, Subject subject) throws SQLException {
    return Query.of(
            "SELECT count(*) FROM gatefold.bad_row WHERE subject = ? AND subject_id = ?",
            subject.kind(),
            subject.id())
        .first(connection, row -> row.getLong(1))
        .orElse(0L);
  }

  /** Forgets the rows of a table: all of them were found right, or are looked at anew. */
  public void forget(Connection connection, Subject subject, long table) throws SQLException {
    Query.of(
            "DELETE FROM gatefold.bad_row WHERE subject = ? AND subject_id = ? AND table_oid = ?",
            subject.kind(),
            subject.id(),
            table)
        .update(connection);
  }

  /** Forgets all rows of a rollout whose new columns are gone. */
  public void forget(Connection connection, Subject subject) throws SQLException {
    Query.of(
            "DELETE FROM gatefold.bad_row WHERE subject = ? AND subject_id = ?",
            subject.kind(),
            subject.id())
        .update(connection);
  }

  private static Kept kept(ResultSet row) throws SQLException {
    return new Kept(
        row.getString("name"),
        row(row),
        row.getObject("seen_at", OffsetDateTime.class).toInstant());
  }

  private static BadRow row(ResultSet row) throws SQLException {
    return new BadRow(
        new Key(List.of((String[]) row.getArray("key").getArray())), row.getString("reason"));
  }
}
