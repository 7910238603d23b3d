package dev.gatefold.backfill.throttle.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.testing.StandbyServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What only a server with settings of its own can be brought to. */
class OwnServerTest {

  @Test
  void theArchiveAndVacuumsThatCannotBePutOff() throws Exception {
    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setServerConfig("archive_mode", "on")
                .setServerConfig("autovacuum_freeze_max_age", "100000")
                .setServerConfig("synchronous_commit", "off")
                .start();
        Connection connection = server.getPostgresDatabase().getConnection()) {
      archiveThatFails(connection);
      try (Connection old = server.getPostgresDatabase().getConnection();
          Connection vacuum = server.getPostgresDatabase().getConnection()) {
        transactionThatIsOld(connection, old);
        vacuumThatCannotBePutOff(connection, vacuum);
      }
    }
  }

  private static void archiveThatFails(Connection connection) throws SQLException {
    ArchiveBacklog signal = new ArchiveBacklog(2);
    assertThat(signal.measure(connection)).isEqualTo(Pressure.NONE);
    for (int i = 0; i < 4; i++) {
      nextFile(connection);
    }
    Pressure many = signal.measure(connection);
    assertThat(many.holds()).isTrue();
    assertThat(many.reasons())
        .containsExactly("4 files of log wait to be archived; at most 2 are allowed");

    archiveBy(connection, "false");
    StandbyServer.waitUntil(connection, "SELECT failed_count > 0 FROM pg_stat_archiver");
    assertThat(new ArchiveBacklog(ArchiveBacklog.DEFAULT).measure(connection).reasons().get(0))
        .startsWith("archiving the log fails at file 0")
        .endsWith(" files wait: mend archive_command");

    archiveBy(connection, "true");
    StandbyServer.waitUntil(
        connection,
        """
        SELECT (last_archived_time > last_failed_time
          AND last_archived_wal >= pg_walfile_name(pg_current_wal_lsn() - 16 * 1024 * 1024))
          IS TRUE FROM pg_stat_archiver""");
    signal.measure(connection);
    assertThat(signal.measure(connection)).isEqualTo(Pressure.NONE);
  }

  private static void nextFile(Connection connection) throws SQLException {
    run(connection, "SELECT pg_logical_emit_message(false, 'x', 'x')");
    run(connection, "SELECT pg_switch_wal()");
  }

  private static void archiveBy(Connection connection, String command) throws SQLException {
    run(connection, "ALTER SYSTEM SET archive_command = '%s'".formatted(command));
    run(connection, "SELECT pg_reload_conf()");
    nextFile(connection);
  }

  /** It stays open: no vacuum gets past it. */
  private static void transactionThatIsOld(Connection connection, Connection old)
      throws SQLException {
    TransactionAge signal = new TransactionAge(OptionalLong.empty());
    assertThat(signal.measure(connection)).isEqualTo(Pressure.NONE);
    run(connection, "CREATE TABLE t AS SELECT i FROM generate_series(1, 100000) i");
    run(old, "BEGIN; SELECT pg_current_xact_id()");
    run(
        connection,
        """
        DO $$ BEGIN
          FOR i IN 1..160000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP;
        END $$""");
    Pressure pressure = signal.measure(connection);
    assertThat(pressure.share()).isEqualTo(0.25);
    assertThat(pressure.reasons()).hasSize(2);
    assertThat(pressure.reasons().get(0)).endsWith("; a vacuum should have come at 100000");
    assertThat(pressure.reasons().get(1))
        .startsWith("the oldest running transaction is 16")
        .endsWith(" transactions old: no vacuum cleans what came after it");
  }

  private static void vacuumThatCannotBePutOff(Connection connection, Connection vacuum)
      throws SQLException {
    DeadRows signal = new DeadRows(oid(connection), OptionalLong.empty());
    assertThat(signal.measure(connection)).isEqualTo(Pressure.NONE);
    run(vacuum, "SET vacuum_cost_delay = 100; SET vacuum_cost_limit = 1");
    CompletableFuture<Void> running =
        CompletableFuture.runAsync(
            () -> {
              try {
                run(vacuum, "VACUUM (FREEZE) t");
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    StandbyServer.waitUntil(
        connection,
        "SELECT EXISTS (SELECT FROM pg_stat_progress_vacuum WHERE relid = 't'::regclass)");
    assertThat(signal.measure(connection).reasons())
        .containsExactly("a vacuum to prevent transaction-id wraparound works on the table");
    run(connection, "SELECT pg_cancel_backend(pid) FROM pg_stat_progress_vacuum");
    running.handle((done, error) -> true).join();
  }

  private static long oid(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 't'::regclass::oid::bigint")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
