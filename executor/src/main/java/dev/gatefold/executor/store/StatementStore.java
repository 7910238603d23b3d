package dev.gatefold.executor.store;

import dev.gatefold.executor.database.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often statements had run when they were last looked at, place by place. Stateless and
 * thread-safe.
 */
public final class StatementStore {

  /**
   * What is known of a place.
   *
   * @param since from when on its statements are watched
   * @param countedAs tells whether statements were thrown away between two looks
   * @param lostAt when that was last noticed, and why
   */
  public record Watch(
      Instant since, String countedAs, Optional<Instant> lostAt, Optional<String> lostWhy) {

    /** The same once some were thrown away. */
    public Watch losing(Instant at, String counted, String why) {
      return new Watch(since, counted, Optional.of(at), Optional.of(why));
    }
  }

  /**
   * A statement as it was last looked at.
   *
   * @param lastRise the first look at which it had run again; empty where it has not since the
   *     place is watched
   */
  public record Counted(long calls, Optional<Instant> lastRise) {}

  public Optional<Watch> watch(Connection connection, long rollout, String place)
      throws SQLException {
    return Query.of(
            """
            SELECT since, counted_as, lost_at, lost_why FROM gatefold.statement_look
            WHERE rollout_id = ? AND place = ?""",
            rollout,
            place)
        .first(
            connection,
            row ->
                new Watch(
                    row.getObject(1, OffsetDateTime.class).toInstant(),
                    row.getString(2),
                    Optional.ofNullable(row.getObject(3, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                    Optional.ofNullable(row.getString(4))));
  }

  public void save(Connection connection, long rollout, String place, Watch watch)
      throws SQLException {
    Query.of(
            """
            INSERT INTO gatefold.statement_look
              (rollout_id, place, since, counted_as, lost_at, lost_why)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (rollout_id, place) DO UPDATE
            SET since = EXCLUDED.since, counted_as = EXCLUDED.counted_as,
                lost_at = EXCLUDED.lost_at, lost_why = EXCLUDED.lost_why""",
            rollout,
            place,
            watch.since().atOffset(ZoneOffset.UTC),
            watch.countedAs(),
            watch.lostAt().map(at -> at.atOffset(ZoneOffset.UTC)),
            watch.lostWhy())
        .update(connection);
  }

  /** By the key of the statement. */
  public Map<String, Counted> counted(Connection connection, long rollout, String place)
      throws SQLException {
    Map<String, Counted> counted = new HashMap<>();
    Query.of(
            """
            SELECT statement, calls, last_rise FROM gatefold.statement_seen
            WHERE rollout_id = ? AND place = ?""",
            rollout,
            place)
        .list(
            connection,
            row ->
                counted.put(
                    row.getString(1),
                    new Counted(
                        row.getLong(2),
                        Optional.ofNullable(row.getObject(3, OffsetDateTime.class))
                            .map(OffsetDateTime::toInstant))));
    return counted;
  }

  public void save(
      Connection connection, long rollout, String place, String statement, Counted counted)
      throws SQLException {
    Query.of(
            """
            INSERT INTO gatefold.statement_seen (rollout_id, place, statement, calls, last_rise)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (rollout_id, place, statement) DO UPDATE
            SET calls = EXCLUDED.calls, last_rise = EXCLUDED.last_rise""",
            rollout,
            place,
            statement,
            counted.calls(),
            counted.lastRise().map(at -> at.atOffset(ZoneOffset.UTC)))
        .update(connection);
  }

  /** Forgets one statement. */
  public void forget(Connection connection, long rollout, String place, String statement)
      throws SQLException {
    Query.of(
            """
            DELETE FROM gatefold.statement_seen
            WHERE rollout_id = ? AND place = ? AND statement = ?""",
            rollout,
            place,
            statement)
        .update(connection);
  }

  /** Forgets a place, so that it is watched from now on. */
  public void forget(Connection connection, long rollout, String place) throws SQLException {
    Query.of(
            "DELETE FROM gatefold.statement_look WHERE rollout_id = ? AND place = ?",
            rollout,
            place)
        .update(connection);
    Query.of(
            "DELETE FROM gatefold.statement_seen WHERE rollout_id = ? AND place = ?",
            rollout,
            place)
        .update(connection);
  }
}
