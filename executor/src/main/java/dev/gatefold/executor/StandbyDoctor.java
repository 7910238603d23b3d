package dev.gatefold.executor;

import dev.gatefold.executor.Rollouts.Diagnosis;
import dev.gatefold.executor.Rollouts.Diagnosis.Level;
import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.standby.Primary;
import dev.gatefold.executor.standby.Standby;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.executor.standby.UnseenException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks at the standbys: as the primary sees them, and on those that are named. */
final class StandbyDoctor {

  private final Connection connection;
  private final Standbys standbys;

  StandbyDoctor(Connection connection, Standbys standbys) {
    this.connection = connection;
    this.standbys = standbys;
  }

  List<Diagnosis> look() throws SQLException {
    if (Query.of("SELECT pg_is_in_recovery()").isTrue(connection)) {
      return List.of();
    }
    List<Diagnosis> found = new ArrayList<>(connected());
    int unnamed = Primary.replicas(connection) - standbys.all().size();
    if (unnamed > 0) {
      found.add(
          new Diagnosis(
              "standby",
              Level.NOTE,
              "%d of those that replicate are not named: their queries are not looked at"
                  .formatted(unnamed),
              "Name them with --standby URL or with standbys of the target."));
    }
    Primary primary = Primary.of(connection);
    String written =
        Query.of("SELECT pg_current_wal_lsn()::text")
            .first(connection, row -> row.getString(1))
            .orElseThrow();
    for (Standby standby : standbys.all()) {
      found.add(named(standby, primary, written));
    }
    return found;
  }

  private List<Diagnosis> connected() throws SQLException {
    return Query.of(
            """
            SELECT format('%s is %s behind', coalesce(nullif(application_name, ''), 'a standby'),
                          pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)))
            FROM pg_stat_replication WHERE replay_lsn IS NOT NULL""")
        .list(connection, row -> new Diagnosis("standby", Level.NOTE, row.getString(1), ""));
  }

  private static Diagnosis named(Standby standby, Primary primary, String written) {
    String subject = "standby " + standby.place();
    try {
      return new Diagnosis(
          subject, Level.OK, standby.ask(primary, it -> described(it, written)), "");
    } catch (UnseenException e) {
      return new Diagnosis(
          subject,
          Level.PROBLEM,
          "could not be asked: " + e.getMessage(),
          "Mend that, or leave it out: else each gate before a brief lock is inconclusive.");
    }
  }

  private static String described(Connection standby, String written) throws SQLException {
    return Query.of(
            """
            SELECT format('in recovery, %s behind, hot_standby_feedback %s, '
                            || 'max_standby_streaming_delay %s, %s',
                pg_size_pretty(greatest(
                  pg_wal_lsn_diff(?::pg_lsn, pg_last_wal_replay_lsn()), 0)),
                current_setting('hot_standby_feedback'),
                current_setting('max_standby_streaming_delay'),
                coalesce('oldest transaction open for ' || date_trunc('second', max(age)),
                         'no transaction is open'))
            FROM (SELECT clock_timestamp() - xact_start AS age FROM pg_stat_activity
                  WHERE pid <> pg_backend_pid() AND backend_type = 'client backend') a""",
            written)
        .first(standby, row -> row.getString(1))
        .orElseThrow();
  }
}
