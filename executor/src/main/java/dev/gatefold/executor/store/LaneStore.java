package dev.gatefold.executor.store;

import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.store.FeedStore.Made;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The topics of feeds that go through Kafka, and their lanes. Stateless and thread-safe. */
public final class LaneStore {

  private static final String OURS = "WHERE f.rollout_id = ? AND f.table_oid = ?";

  /**
   * A topic.
   *
   * @param id empty until it is made
   */
  public record Topic(String name, Optional<String> id) {}

  /** The feed's topic; gives it a name that no other ever had, if it has none. */
  public Topic named(Connection connection, Made made) throws SQLException {
    return Query.of(
            """
            WITH named AS (
              UPDATE gatefold.feed f
              SET topic = coalesce(f.topic, format('%s_%s_%s', f.slot, s.system_identifier,
                                                   left(replace(gen_random_uuid()::text, '-', ''), 12)))
              FROM pg_control_system() s
              WHERE f.rollout_id = ? AND f.table_oid = ? AND f.fence = ?
              RETURNING f.topic, f.topic_id),
            remembered AS (
              INSERT INTO gatefold.feed_topic (topic) SELECT n.topic FROM named n
              ON CONFLICT DO NOTHING)
            SELECT n.topic, n.topic_id FROM named n""",
            made.rollout(), made.table(), made.fence())
        .first(
            connection, row -> new Topic(row.getString(1), Optional.ofNullable(row.getString(2))))
        .orElseThrow(() -> new SQLException("another process reads the feed by now"));
  }

  /** Those that were made for feeds of this database, and that none goes through any more. */
  public List<String> leftOver(Connection connection) throws SQLException {
    return Query.of(
            """
            SELECT t.topic FROM gatefold.feed_topic t
            WHERE NOT EXISTS (SELECT FROM gatefold.feed f WHERE f.topic = t.topic)
            ORDER BY t.topic""")
        .list(connection, row -> row.getString(1));
  }

  /** One of them is gone. */
  public void forget(Connection connection, String topic) throws SQLException {
    Query.of("DELETE FROM gatefold.feed_topic WHERE topic = ?", topic).update(connection);
  }

  /** Writes down that it is made. */
  public void made(Connection connection, Made made, String topic, String id) throws SQLException {
    Query.of(
            """
            UPDATE gatefold.feed f SET topic_id = ?
            WHERE f.rollout_id = ? AND f.table_oid = ? AND f.topic = ? AND f.topic_id IS NULL""",
            id,
            made.rollout(),
            made.table(),
            topic)
        .update(connection);
  }

  /** The feed's topic, once it is made and as long as the feed is whole. */
  public Optional<Topic> topic(Connection connection, Made made) throws SQLException {
    return Query.of(
            "SELECT f.topic, f.topic_id FROM gatefold.feed f "
                + OURS
                + " AND f.topic_id IS NOT NULL",
            made.rollout(),
            made.table())
        .first(connection, row -> new Topic(row.getString(1), Optional.of(row.getString(2))));
  }

  /** The feeds whose lanes are to be applied. */
  public List<Made> applicable(Connection connection) throws SQLException {
    return Query.of(
            """
            SELECT %s FROM gatefold.feed f
            WHERE f.topic_id IS NOT NULL AND f.given_up IS NULL AND NOT f.in_repair
            ORDER BY f.rollout_id, f.table_oid"""
                .formatted(FeedStore.COLUMNS))
        .list(connection, FeedStore::made);
  }

  /** Those that feeds go through. */
  public List<String> topics(Connection connection) throws SQLException {
    // The schema may have been dropped, or never made.
    return Query.of("SELECT to_regclass('gatefold.feed_lane') IS NOT NULL").isTrue(connection)
        ? Query.of("SELECT topic FROM gatefold.feed WHERE topic IS NOT NULL")
            .list(connection, row -> row.getString(1))
        : List.of();
  }

  /** What the names of all topics of this database's feeds match. */
  public String pattern(Connection connection) throws SQLException {
    return Query.of(
            """
            SELECT format('gatefold_[0-9a-f]{12}_%s_%s_[0-9a-f]{12}', d.oid, s.system_identifier)
            FROM pg_database d, pg_control_system() s WHERE d.datname = current_database()""")
        .first(connection, row -> row.getString(1))
        .orElseThrow();
  }

  /** How far each lane is applied, by its number. */
  public Map<Integer, Long> offsets(Connection connection, Made made) throws SQLException {
    return Query.of(
            "SELECT f.lane, f.next_event FROM gatefold.feed_lane f " + OURS,
            made.rollout(),
            made.table())
        .list(connection, row -> Map.entry(row.getInt(1), row.getLong(2)))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * What changes while those lanes get on that have not heard a word of that place yet: what the
   * others do is no progress for whoever waits.
   */
  public String progress(Connection connection, Made made, String place) throws SQLException {
    return Query.of(
            """
            SELECT concat_ws(' ', count(*), sum(f.next_event)) FROM gatefold.feed_lane f
            """
                + OURS
                + " AND coalesce(f.heard < ?::pg_lsn, true)",
            made.rollout(),
            made.table(),
            place)
        .first(connection, row -> row.getString(1))
        .orElse("");
  }

  /** Why whoever applies lanes had to begin anew; empty once one of them has got on. */
  public void trouble(Connection connection, Made made, Optional<String> reason)
      throws SQLException {
    Query.of(
            "UPDATE gatefold.feed f SET lane_trouble = ? "
                + OURS
                + " AND f.lane_trouble IS DISTINCT FROM ?",
            reason,
            made.rollout(),
            made.table(),
            reason)
        .mention(connection);
  }

  /**
   * Writes down that a feed is given up with its topic: nobody may read or apply it from then on.
   *
   * @return false where somebody has done so before
   */
  public boolean giveUp(Connection connection, Made made, Topic topic, String reason)
      throws SQLException {
    boolean done =
        Query.of(
                    """
                    UPDATE gatefold.feed f
                    SET given_up = ?, fence = f.fence + 1, turned = f.turned + 1, read_until = NULL,
                        topic = NULL, topic_id = NULL
                    WHERE f.rollout_id = ? AND f.table_oid = ? AND f.topic = ?
                      AND f.given_up IS NULL AND NOT f.in_repair""",
                    reason,
                    made.rollout(),
                    made.table(),
                    topic.name())
                .update(connection)
            == 1;
    if (done) {
      Query.of("DELETE FROM gatefold.feed_lane f " + OURS, made.rollout(), made.table())
          .update(connection);
    }
    return done;
  }
}
