package dev.gatefold.executor.store;

import dev.gatefold.executor.database.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Who was seen writing which shape of a column. Stateless and thread-safe. */
public final class UseStore {

  /**
   * A writer and when it was last seen.
   *
   * @param side {@code old}, {@code new}, {@code both}, or {@code moved}: a row with both values
   *     was inserted where rows move between partitions
   */
  public record Writer(String side, String application, String login, Instant last) {}

  /** Everybody who was seen since, who was seen last first. */
  public List<Writer> since(Connection connection, String token, int attnum, Instant from)
      throws SQLException {
    return Query.of(
            """
            SELECT side, application, login, max(at)
            FROM gatefold.use_seen
            WHERE token = ? AND attnum = ? AND at >= ?
            GROUP BY side, application, login
            ORDER BY max(at) DESC, side, application, login""",
            token,
            attnum,
            from.atOffset(ZoneOffset.UTC))
        .list(
            connection,
            row ->
                new Writer(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getObject(4, OffsetDateTime.class).toInstant()));
  }

  /**
   * Leaves the last line of each writer. Writers only add lines, so that none of them waits for
   * this, nor this for them.
   */
  public void thin(Connection connection, String token) throws SQLException {
    Query.of(
            """
            DELETE FROM gatefold.use_seen u
            WHERE u.token = ? AND u.id < (
              SELECT max(l.id) FROM gatefold.use_seen l
              WHERE (l.token, l.attnum, l.side, l.application, l.login)
                  = (u.token, u.attnum, u.side, u.application, u.login))""",
            token)
        .update(connection);
  }
}
