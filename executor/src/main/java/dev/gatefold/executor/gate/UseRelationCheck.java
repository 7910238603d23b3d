package dev.gatefold.executor.gate;

import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.gate.UseWindow.Span;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.planner.plan.Plan.Leaving;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who still uses a whole table that leaves. The server keeps when it was last read, from version 16
 * on; when rows were last added, and who reads a view, it does not keep. So it never says that
 * nobody does.
 */
final class UseRelationCheck implements GateCheck {

  private static final int KEEPS_SCANS = 16;

  private static final String LAST_READ =
      """
      SELECT max(greatest(s.last_seq_scan, s.last_idx_scan))
      FROM pg_stat_user_tables s
      WHERE s.relid = ?::oid OR s.relid IN (SELECT relid FROM pg_partition_tree(?::oid::regclass))""";

  private static final String CURE = "Say how you know that nobody uses it: promote with --reason.";

  private final UseWindow window;
  private final InstantSource clock;

  UseRelationCheck(UseWindow window, InstantSource clock) {
    this.window = window;
    this.clock = clock;
  }

  @Override
  public List<Finding> look(Connection connection, Rollout rollout, StageName stage)
      throws SQLException {
    List<Finding> findings = new ArrayList<>();
    for (Leaving leaving : rollout.plan().leaving()) {
      if (leaving.column().isEmpty() && UseWindow.isAsked(rollout, stage)) {
        findings.add(look(connection, window.at(connection, rollout, stage), leaving));
      }
    }
    return findings;
  }

  private Finding look(Connection connection, Span span, Leaving leaving) throws SQLException {
    String check = "use " + leaving.table();
    boolean table =
        Query.of("SELECT relkind IN ('r', 'p') FROM pg_class WHERE oid = ?::oid", leaving.oid())
            .isTrue(connection);
    if (!table || connection.getMetaData().getDatabaseMajorVersion() < KEEPS_SCANS) {
      return new Finding(
          check,
          Verdict.INCONCLUSIVE,
          table
              ? "when a table was last read, servers keep from version 16 on"
              : "who reads a view, no server keeps",
          CURE,
          clock.instant());
    }
    Optional<Instant> read =
        Query.of(LAST_READ, leaving.oid(), leaving.oid())
            .list(connection, row -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
            .get(0)
            .map(OffsetDateTime::toInstant)
            .filter(instant -> !instant.isBefore(span.from()));
    return read.map(
            instant ->
                new Finding(
                    check,
                    span.ofUse(),
                    "it was read at %s".formatted(instant.truncatedTo(ChronoUnit.SECONDS)),
                    "Find who reads it, in pg_stat_statements for one; or wait.",
                    clock.instant()))
        .orElseGet(
            () ->
                new Finding(
                    check,
                    Verdict.INCONCLUSIVE,
                    "nobody has read it since %s; whether rows were added is not kept with a time"
                        .formatted(span.from().truncatedTo(ChronoUnit.SECONDS)),
                    CURE,
                    clock.instant()));
  }
}
