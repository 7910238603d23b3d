package dev.gatefold.executor.store;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.change.ChangeName;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a change feed stands.
 *
 * @param name of the table
 * @param slot its whole name
 * @param there whether the slot is there and the server has kept what it was to keep
 * @param read whether somebody reads it
 * @param behind for how long something in the log may have been waiting; empty where nobody has
 *     read it yet
 * @param bytes of log between what is applied for certain and the end
 * @param kept bytes of log that the server keeps for it: what a long transaction wrote, too
 * @param lanes where it goes through Kafka
 * @param trouble why its reader had to begin anew, and has not got on since
 * @param pending rows that have no value in the shape that follows
 * @param hopeless those of them that have had none for longer than it takes to try them again
 */
public record FeedLook(
    long table,
    String name,
    String slot,
    boolean there,
    boolean read,
    Optional<Duration> behind,
    long bytes,
    long kept,
    long pending,
    long hopeless,
    Optional<Lanes> lanes,
    Optional<String> trouble,
    Optional<String> givenUp) {

  /**
   * The partitions of a topic through which it goes.
   *
   * @param topic empty until it is made
   * @param unattended how many of them nobody applies
   * @param trouble why somebody who applies them had to begin anew
   */
  public record Lanes(Optional<String> topic, int unattended, Optional<String> trouble) {

    String words() {
      return topic.map(it -> "; through the topic " + it).orElse("; its topic is not made yet")
          + (unattended == 0
              ? ""
              : "; nobody applies %d of its partitions: gatefold work --feed kafka does"
                  .formatted(unattended))
          + trouble.map(it -> "; whoever applies it had to begin anew: " + it).orElse("");
    }
  }

  /** What the server keeps anyhow by default; more is worth telling. */
  private static final long MUCH = 1L << 30;

  private static final String ALL =
      """
      SELECT r.change, f.table_oid,
             coalesce(
               (SELECT format('%%I.%%I', n.nspname, c.relname)
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.oid = f.table_oid::oid),
               'the dropped table ' || f.table_oid) AS name,
             f.slot,
             coalesce(s.wal_status <> 'lost', s.slot_name IS NOT NULL)
               AND f.given_up IS NULL AND NOT f.in_repair AS there,
             coalesce(f.read_until > clock_timestamp(), false) AS read,
             1000 * extract(epoch FROM clock_timestamp() - g.heard_said_at) AS behind,
             g.unattended, f.topic, f.lane_trouble,
             f.trouble,
             coalesce(w.at - s.confirmed_flush_lsn, 0)::bigint AS bytes,
             coalesce(w.at - s.restart_lsn, 0)::bigint AS kept,
             f.given_up,
             (SELECT count(*) FROM gatefold.feed_pending p
              WHERE (p.rollout_id, p.table_oid) = (f.rollout_id, f.table_oid)) AS pending,
             (SELECT count(*) FROM gatefold.feed_pending p
              WHERE (p.rollout_id, p.table_oid) = (f.rollout_id, f.table_oid)
                AND p.since < clock_timestamp() - %s) AS hopeless
      FROM (SELECT CASE WHEN NOT pg_is_in_recovery() THEN pg_current_wal_lsn() END AS at) w
      CROSS JOIN gatefold.feed f
      JOIN gatefold.feed_progress g USING (rollout_id, table_oid)
      JOIN gatefold.rollout r ON r.id = f.rollout_id
      LEFT JOIN pg_replication_slots s
        ON s.slot_name = f.slot AND s.database = current_database()
      WHERE coalesce(f.rollout_id = ?, true) ORDER BY f.rollout_id, f.table_oid"""
          .formatted(FeedStore.TRIED_AGAIN);

  /** Those of a rollout. */
  public static List<FeedLook> at(Connection connection, long rollout) throws SQLException {
    return Query.of(ALL, rollout).list(connection, FeedLook::look);
  }

  /** That of a table, where it is not whole: writes were missed. */
  public static Optional<FeedLook> broken(Connection connection, long rollout, long table)
      throws SQLException {
    return at(connection, rollout).stream()
        .filter(look -> look.table() == table && !look.there())
        .findFirst();
  }

  /** Those of all changes; none where this database knows of no feeds. */
  public static Map<ChangeName, List<FeedLook>> all(Connection connection) throws SQLException {
    Map<ChangeName, List<FeedLook>> all = new LinkedHashMap<>();
    if (!Query.of("SELECT to_regclass('gatefold.feed_progress') IS NOT NULL").isTrue(connection)) {
      return all;
    }
    Query.of(ALL, Optional.<Long>empty())
        .list(connection, row -> Map.entry(new ChangeName(row.getString("change")), look(row)))
        .forEach(
            it -> all.computeIfAbsent(it.getKey(), key -> new ArrayList<>()).add(it.getValue()));
    return all;
  }

  /** For people. */
  public String words() {
    if (givenUp.isPresent()) {
      return "given up: " + givenUp.get();
    }
    if (!there) {
      return "the replication slot %s is gone, or the server has given up its log".formatted(slot);
    }
    return behind
            .map(
                time ->
                    String.format(
                        Locale.ROOT,
                        "%.1f s and %,d bytes behind",
                        time.toMillis() / 1000.0,
                        bytes))
            .orElse("nobody has read it yet")
        + (kept < MUCH ? "" : "; the server keeps %,d MB of log for it".formatted(kept >> 20))
        + (read ? "" : "; nobody reads it")
        + trouble.map(it -> "; it had to begin anew: " + it).orElse("")
        + lanes.map(Lanes::words).orElse("")
        + (pending == 0
            ? ""
            : "; %d rows have no value in the shape that follows".formatted(pending));
  }

  private static Optional<Lanes> lanes(ResultSet row) throws SQLException {
    int unattended = row.getInt("unattended");
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(
            new Lanes(
                Optional.ofNullable(row.getString("topic")),
                unattended,
                Optional.ofNullable(row.getString("lane_trouble"))));
  }

  private static FeedLook look(ResultSet row) throws SQLException {
    return new FeedLook(
        row.getLong("table_oid"),
        row.getString("name"),
        row.getString("slot"),
        row.getBoolean("there"),
        row.getBoolean("read"),
        Optional.ofNullable(row.getBigDecimal("behind"))
            .map(BigDecimal::longValue)
            .map(millis -> Duration.ofMillis(Math.max(0, millis))),
        row.getLong("bytes"),
        row.getLong("kept"),
        row.getLong("pending"),
        row.getLong("hopeless"),
        lanes(row),
        Optional.ofNullable(row.getString("trouble")),
        Optional.ofNullable(row.getString("given_up")));
  }
}
