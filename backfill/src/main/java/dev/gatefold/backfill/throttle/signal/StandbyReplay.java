package dev.gatefold.backfill.throttle.signal;

import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.planner.change.SignalName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** How far behind a standby is that somebody named, as it says itself; needs no right. */
final class StandbyReplay implements Signal {

  private static final BoundStatement REPLAYED =
      BoundStatement.of(
          """
          SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint AS replayed,
                 CASE WHEN pg_is_in_recovery()
                      THEN pg_get_wal_replay_pause_state() END AS pause""");

  private final String place;
  private final StandbyLag lag;

  /**
   * A standby.
   *
   * @param place host, port and database, never a password
   * @param log of the primary, as somebody else measures it
   */
  StandbyReplay(String place, LogPositions log, Duration limit) {
    this.place = place;
    this.lag = new StandbyLag(log, limit);
  }

  @Override
  public SignalName name() {
    return SignalName.REPLICA_LAG;
  }

  @Override
  public Pressure measure(Connection connection) throws SQLException {
    return REPLAYED.query(connection, rows -> pressure(Rows.one(rows)));
  }

  private Pressure pressure(ResultSet row) throws SQLException {
    String pause = row.getString("pause");
    if (pause == null) {
      return Pressure.minimum(
          "standby %s is no standby any more: mend the list of standbys of the target"
              .formatted(place));
    }
    String remark = pause.equals("not paused") ? "" : ", its replay is paused";
    return lag.at(place, row.getLong("replayed"), Duration.ZERO, remark);
  }
}
