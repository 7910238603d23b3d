package dev.gatefold.planner.hazard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dangers are real: what an application does goes well before the DDL, and not after it. */
final class DangerTest {

  private TestDatabase database;
  private Connection connection;

  @BeforeEach
  void start() throws SQLException {
    database = TestDatabase.forSuperuser();
    database.execute(
        """
        CREATE TYPE mood AS ENUM ('sad', 'ok');
        CREATE TABLE parents (id int PRIMARY KEY);
        CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL DEFAULT 1, u int CONSTRAINT u_key UNIQUE,
          m mood, p int CONSTRAINT p_key REFERENCES parents, n int DEFAULT -1);
        INSERT INTO t VALUES (1, 1, 1, 'ok', NULL, -1);
        CREATE VIEW v AS SELECT a FROM t;
        CREATE PUBLICATION sending FOR TABLE t;
        CREATE TABLE parted (id int) PARTITION BY RANGE (id);
        CREATE TABLE low PARTITION OF parted FOR VALUES FROM (0) TO (10);
        CREATE TABLE loose (id int);
        """);
    connection = database.connect();
  }

  @AfterEach
  void stop() throws SQLException {
    connection.close();
    database.close();
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          columnless-insert      ! ALTER TABLE t DROP n                            ! INSERT INTO t VALUES (2, 1, 2, 'ok', NULL, 1)   ! 42601
          orm-columns            ! ALTER TABLE t DROP n                            ! UPDATE t SET a = 1, u = 1, n = 1 WHERE id = 1   ! 42703
          json-not-comparable    ! ALTER TABLE t ADD j json                        ! SELECT DISTINCT * FROM t                        ! 42883
          json-not-comparable    ! ALTER TABLE t ADD j json                        ! SELECT * FROM t UNION SELECT * FROM t           ! 42883
          writes-refused         ! ALTER TABLE t ADD CHECK (n > 0) NOT VALID       ! UPDATE t SET a = 2 WHERE id = 1                 ! 23514
          writes-refused         ! ALTER TABLE t ADD CHECK (n > 0) NOT VALID       ! INSERT INTO t (id) VALUES (2)                   ! 23514
          upsert-loses-index     ! ALTER TABLE t DROP CONSTRAINT u_key             ! INSERT INTO t (id, u) VALUES (2, 1) ON CONFLICT (u) DO NOTHING ! 42P10
          constraint-renamed     ! ALTER TABLE t RENAME CONSTRAINT u_key TO k      ! INSERT INTO t (id, u) VALUES (2, 1) ON CONFLICT ON CONSTRAINT u_key DO NOTHING ! 42704
          enum-value-renamed     ! ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'     ! UPDATE t SET m = 'ok'                           ! 22P02
          column-renamed         ! ALTER TABLE t RENAME a TO b                     ! SELECT a FROM t                                 ! 42703
          table-renamed          ! ALTER TABLE t RENAME TO s                       ! SELECT a FROM t                                 ! 42P01
          replica-identity-changed ! ALTER TABLE t REPLICA IDENTITY NOTHING        ! UPDATE t SET a = 2                              ! 55000
          dependents-dropped     ! ALTER TABLE t DROP a CASCADE                    ! SELECT a FROM v                                 ! 42P01
          data-deleted           ! TRUNCATE t                                      ! SELECT 1 / count(*) FROM t                      ! 22012
          stand-in-view          ! ALTER TABLE t RENAME TO s; CREATE VIEW t AS SELECT * FROM s ! TRUNCATE t                          ! 42809
          stand-in-view          ! ALTER TABLE t RENAME TO s; CREATE VIEW t AS SELECT * FROM s ! ALTER TABLE loose ADD FOREIGN KEY (id) REFERENCES t ! 42809
          stand-in-view          ! ALTER TABLE t RENAME TO s; CREATE VIEW t AS SELECT * FROM s ! INSERT INTO t (id, u) VALUES (2, 1) ON CONFLICT ON CONSTRAINT u_key DO NOTHING ! 42704
          right-taken            ! GRANT SELECT (id, a) ON t TO pg_monitor; REVOKE SELECT ON t FROM pg_monitor; SET ROLE pg_monitor ! SELECT a FROM t ! 42501
          row-security-changed   ! ALTER TABLE t ENABLE ROW LEVEL SECURITY; GRANT SELECT ON t TO pg_monitor; SET ROLE pg_monitor ! SELECT 1 / count(*) FROM t ! 22012
          """)
  void anApplicationMeetsIt(String code, String ddl, String statement, String state)
      throws SQLException {
    assertThat(Hazards.dangers()).extracting(Danger::code).contains(code);
    connection.setAutoCommit(false);
    assertThatCode(() -> run(statement)).doesNotThrowAnyException();
    connection.rollback();
    run(ddl);
    SQLException error = catchThrowableOfType(SQLException.class, () -> run(statement));
    assertThat(error == null ? "no error" : error.getSQLState()).isEqualTo(state);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          rewrite-under-lock   ! ALTER TABLE t ADD c uuid DEFAULT gen_random_uuid()           ! t       ! AccessExclusiveLock
          rewrite-under-lock   ! ALTER TABLE t ADD c serial                                   ! t       ! AccessExclusiveLock
          rewrite-under-lock   ! ALTER TABLE t ADD c int GENERATED ALWAYS AS (id) STORED      ! t       ! AccessExclusiveLock
          rewrite-under-lock   ! ALTER TABLE t ALTER n TYPE bigint                            ! t       ! AccessExclusiveLock
          rewrite-under-lock   ! CLUSTER t USING t_pkey                                       ! t       ! AccessExclusiveLock
          scan-under-lock      ! ALTER TABLE t ALTER n SET NOT NULL                           ! t       ! AccessExclusiveLock
          scan-under-lock      ! ALTER TABLE t ADD CHECK (a > 0)                              ! t       ! AccessExclusiveLock
          scan-under-lock      ! ALTER TABLE t ADD FOREIGN KEY (n) REFERENCES parents NOT VALID ! parents ! ShareRowExclusiveLock
          scan-under-lock      ! ALTER TABLE parted ATTACH PARTITION loose FOR VALUES FROM (10) TO (20) ! loose ! AccessExclusiveLock
          index-under-lock     ! CREATE INDEX ON t (n)                                        ! t       ! ShareLock
          index-under-lock     ! ALTER TABLE t ADD UNIQUE (n)                                 ! t       ! AccessExclusiveLock
          index-under-lock     ! REINDEX TABLE t                                              ! t       ! ShareLock
          partition-under-lock ! CREATE TABLE high PARTITION OF parted FOR VALUES FROM (10) TO (20) ! parted ! AccessExclusiveLock
          partition-under-lock ! ALTER TABLE parted DETACH PARTITION low                      ! parted  ! AccessExclusiveLock
          locks-other-table    ! ALTER TABLE t DROP CONSTRAINT p_key                          ! parents ! AccessExclusiveLock
          locks-held-together  ! ALTER TABLE t ADD c int; SELECT count(*) FROM t              ! t       ! AccessExclusiveLock
          many-partitions      ! ALTER TABLE parted ADD c int                                 ! low     ! AccessExclusiveLock
          """)
  void theLockIsHeldToTheEndOfTheTransaction(String code, String sql, String table, String mode)
      throws SQLException {
    assertThat(Hazards.dangers()).extracting(Danger::code).contains(code);
    connection.setAutoCommit(false);
    String before = ask("SELECT pg_relation_filenode('%s')".formatted(table));
    run(sql);
    assertThat(
            ask(
                """
                SELECT count(*) FROM pg_locks
                WHERE pid = pg_backend_pid() AND mode = '%s' AND relation = '%s'::regclass"""
                    .formatted(mode, table)))
        .isEqualTo("1");
    String after = ask("SELECT pg_relation_filenode('%s')".formatted(table));
    assertThat(!String.valueOf(before).equals(String.valueOf(after)))
        .isEqualTo(code.equals("rewrite-under-lock"));
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      while (statement.getMoreResults() || statement.getUpdateCount() != -1) {
        // The answer of each statement may be an error.
      }
    }
  }

  private String ask(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
