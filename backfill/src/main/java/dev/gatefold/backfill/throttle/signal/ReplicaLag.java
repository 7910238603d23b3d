package dev.gatefold.backfill.throttle.signal;

import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.planner.change.SignalName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far behind the standbys are that replicate from this server, as it sees them. */
final class ReplicaLag implements Signal {

  private static final BoundStatement WRITTEN =
      BoundStatement.of("SELECT pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::bigint");

  /**
   * Everybody sees that a standby is connected, and its name; the rest is NULL without the right to
   * it. A tool that only stores the log replays nothing: what it has stored counts.
   */
  private static final BoundStatement STANDBYS =
      BoundStatement.of(
          """
          SELECT r.pid,
                 coalesce(nullif(r.application_name, ''), host(r.client_addr), 'pid ' || r.pid),
                 r.state IS NULL AS hidden,
                 pg_wal_lsn_diff(coalesce(r.replay_lsn, r.flush_lsn, r.write_lsn), '0/0')::bigint,
                 CASE WHEN r.replay_lsn < pg_current_wal_flush_lsn()
                      THEN (extract(epoch FROM r.replay_lag) * 1000)::bigint END AS late
          FROM pg_stat_replication r
          WHERE coalesce(r.application_name, '') NOT IN ('pg_basebackup', 'pg_receivewal')
            AND r.state IS DISTINCT FROM 'backup'
            AND NOT EXISTS (SELECT FROM pg_replication_slots s
                            WHERE s.active_pid = r.pid AND s.slot_type = 'logical')
          ORDER BY 2, 1""");

  private final LogPositions log;
  private final Duration limit;
  private final int named;
  private Map<String, StandbyLag> standbys = new HashMap<>();

  /** {@code named} says how many standbys are asked themselves. */
  ReplicaLag(LogPositions log, Duration limit, int named) {
    this.log = log;
    this.limit = limit;
    this.named = named;
  }

  @Override
  public SignalName name() {
    return SignalName.REPLICA_LAG;
  }

  @Override
  public Pressure measure(Connection connection) throws SQLException {
    log.reached(WRITTEN.query(connection, Rows::number));
    return STANDBYS.query(connection, rows -> fold(connection, rows));
  }

  private Pressure fold(Connection connection, ResultSet rows) throws SQLException {
    Pressure pressure = Pressure.NONE;
    Map<String, StandbyLag> present = new HashMap<>();
    List<String> hidden = new ArrayList<>();
    while (rows.next()) {
      String name = rows.getString(2);
      if (rows.getBoolean("hidden")) {
        hidden.add(name);
      } else {
        String key = name + rows.getInt(1);
        StandbyLag lag = standbys.getOrDefault(key, new StandbyLag(log, limit));
        present.put(key, lag);
        pressure = pressure.and(look(lag, name, rows));
      }
    }
    standbys = present;
    return hidden.size() <= named ? pressure : pressure.and(unseen(connection, hidden));
  }

  private static Pressure look(StandbyLag lag, String name, ResultSet rows) throws SQLException {
    long replayed = rows.getLong(4);
    // It has only just connected, and has not said anything yet.
    return rows.wasNull()
        ? Pressure.NONE
        : lag.at(name, replayed, Duration.ofMillis(rows.getLong("late")), "");
  }

  private static Pressure unseen(Connection connection, List<String> hidden) throws SQLException {
    return Pressure.minimum(
        "replica lag cannot be read: this role may not see how far %s is; GRANT pg_read_all_stats TO %s, name all standbys of the target, or accept it with ignore_signals: [replica_lag]"
            .formatted(String.join(", ", hidden), Rows.role(connection)));
  }
}
