package dev.gatefold.executor.gate;

import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.planner.change.GateSettings;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** How far behind the standbys are that replicate from this server, as it sees them. */
final class LagCheck implements PolicyCheck {

  static final String CHECK = "replica lag";

  /**
   * A lag is NULL where the standby has replayed all and nothing was written since; else, and where
   * the role may not see it, nobody knows.
   */
  private static final String LAGS =
      """
      SELECT coalesce(nullif(application_name, ''), host(client_addr), 'pid ' || pid) AS name,
             state IS NOT NULL AS visible,
             CASE WHEN replay_lag IS NOT NULL THEN extract(epoch FROM replay_lag) * 1000
                  WHEN replay_lsn >= pg_current_wal_flush_lsn() THEN 0 END AS lag
      FROM pg_stat_replication r
      WHERE coalesce(application_name, '') NOT IN ('pg_basebackup', 'pg_receivewal')
        AND NOT EXISTS (SELECT FROM pg_replication_slots s
                        WHERE s.active_pid = r.pid AND s.slot_type = 'logical')
      ORDER BY 1, pid""";

  private final int named;
  private final InstantSource clock;

  LagCheck(int named, InstantSource clock) {
    this.named = named;
    this.clock = clock;
  }

  private record Lag(String standby, boolean visible, Optional<Duration> behind) {}

  @Override
  public List<Finding> look(
      Connection connection, Rollout rollout, StageName stage, GateSettings settings)
      throws SQLException {
    if (settings.maxReplicaLag().isEmpty()) {
      return List.of();
    }
    List<Lag> lags = Query.of(LAGS).list(connection, LagCheck::read);
    return List.of(finding(lags, settings.maxReplicaLag().get()));
  }

  private Finding finding(List<Lag> lags, Duration limit) {
    List<String> late =
        lags.stream()
            .filter(lag -> lag.behind().filter(it -> it.compareTo(limit) > 0).isPresent())
            .map(lag -> lag.standby() + " is " + TimeWords.of(lag.behind().orElseThrow()) + " late")
            .toList();
    if (!late.isEmpty()) {
      return finding(
          Verdict.WAITING,
          "%s; at most %s are allowed".formatted(String.join(", ", late), TimeWords.of(limit)),
          "Wait until they have caught up.");
    }
    List<String> unseen =
        lags.stream().filter(lag -> lag.behind().isEmpty()).map(LagCheck::unseen).toList();
    if (!unseen.isEmpty()) {
      return finding(
          Verdict.INCONCLUSIVE,
          String.join(", ", unseen),
          "Let the DBA grant pg_read_all_stats, or say why it does not matter: promote with"
              + " --reason.");
    }
    if (lags.size() < named) {
      return finding(
          Verdict.INCONCLUSIVE,
          "%d standbys are named, %d replicate from this server".formatted(named, lags.size()),
          "Bring them back, or say why it does not matter: promote with --reason.");
    }
    return finding(
        Verdict.CLEAR,
        lags.isEmpty()
            ? "no standby replicates from this server"
            : "%d standbys, none more than %s late".formatted(lags.size(), TimeWords.of(limit)),
        "");
  }

  private static String unseen(Lag lag) {
    return lag.standby()
        + (lag.visible()
            ? " has not said how late it is"
            : ": how late it is this role may not see");
  }

  private Finding finding(Verdict verdict, String detail, String cure) {
    return new Finding(CHECK, verdict, detail, cure, clock.instant());
  }

  private static Lag read(ResultSet row) throws SQLException {
    Optional<Duration> behind =
        Optional.ofNullable(row.getBigDecimal("lag")).map(it -> Duration.ofMillis(it.longValue()));
    return new Lag(row.getString("name"), row.getBoolean("visible"), behind);
  }
}
