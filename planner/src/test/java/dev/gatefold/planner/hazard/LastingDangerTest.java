package dev.gatefold.planner.hazard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dangers that show in the data, in the space or in who waits for whom. */
final class LastingDangerTest {

  private TestDatabase database;

  @BeforeEach
  void start() throws SQLException {
    database = TestDatabase.create();
    database.execute(
        """
        CREATE TABLE parents (id int PRIMARY KEY);
        CREATE TABLE t (id int PRIMARY KEY, a int DEFAULT 1, p int REFERENCES parents, pad text);
        INSERT INTO parents SELECT generate_series(1, 100);
        INSERT INTO t SELECT i, 1, i % 90 + 1, repeat('x', 200) FROM generate_series(1, 2000) i;
        """);
  }

  @AfterEach
  void stop() throws SQLException {
    database.close();
  }

  @Test
  void anOldVersionStoresTheNewDefault() throws SQLException {
    database.execute("ALTER TABLE t ALTER a SET DEFAULT 2; INSERT INTO t (id) VALUES (0)");
    assertThat(ask("SELECT a FROM t WHERE id = 0")).isEqualTo("2");
  }

  @Test
  void afterOneBadRowTheRuleDoesNotComeBack() throws SQLException {
    database.execute("ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)");
    database.execute("ALTER TABLE t DROP CONSTRAINT k; UPDATE t SET a = 0 WHERE id = 7");
    database.execute("ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0) NOT VALID");
    assertThatThrownBy(() -> database.execute("ALTER TABLE t VALIDATE CONSTRAINT k"))
        .hasMessageContaining("is violated by some row");
  }

  @Test
  void withoutAnIndexADeleteInTheParentReadsTheWholeChild() throws SQLException {
    assertThat(scansOfADelete()).isEqualTo("1|0");
    database.execute("CREATE INDEX t_p ON t (p); ANALYZE t");
    assertThat(scansOfADelete()).isEqualTo("0|1");
  }

  /** Scans of the table, and of its index over the column that refers. */
  private String scansOfADelete() throws SQLException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      run(connection, "DELETE FROM parents WHERE id = 99");
      String scans =
          ask(
              connection,
              """
              SELECT pg_stat_get_xact_numscans('t'::regclass) || '|'
                     || coalesce(pg_stat_get_xact_numscans(to_regclass('t_p')), 0)""");
      connection.rollback();
      return scans;
    }
  }

  @Test
  void withoutTheIndexTheQueryReadsTheTable() throws SQLException {
    database.execute("CREATE INDEX t_a ON t (a); ANALYZE t");
    assertThat(ask("EXPLAIN SELECT 1 FROM t WHERE a = 99")).contains("Index");
    database.execute("DROP INDEX t_a");
    assertThat(ask("EXPLAIN SELECT 1 FROM t WHERE a = 99")).contains("Seq Scan");
  }

  @Test
  void ifNotExistsPassesOverAnInvalidIndex() throws SQLException {
    assertThatThrownBy(() -> database.execute("CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)"))
        .hasMessageContaining("could not create unique index");
    database.execute("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (id)");
    assertThat(ask("SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass"))
        .isEqualTo("f");
  }

  @Test
  void twoLongNamesAreOne() throws SQLException {
    String same = "n".repeat(63);
    database.execute("CREATE TABLE " + same + "_first (id int)");
    assertThatThrownBy(() -> database.execute("CREATE TABLE " + same + "_second (id int)"))
        .hasMessageContaining("already exists");
  }

  @Test
  void anIndexOverTwoColumnsGoesWithOneOfThem() throws SQLException {
    database.execute("CREATE UNIQUE INDEX t_pa ON t (id, a); ALTER TABLE t DROP a");
    assertThat(ask("SELECT to_regclass('t_pa') IS NULL")).isEqualTo("t");
  }

  @Test
  void aDroppedColumnKeepsItsSpace() throws SQLException {
    String before = ask("SELECT pg_relation_size('t')");
    database.execute("ALTER TABLE t DROP pad");
    database.execute("VACUUM t");
    assertThat(ask("SELECT pg_relation_size('t')")).isEqualTo(before);
  }

  @Test
  void writingEachRowOnceMoreMakesTheTableGrow() throws SQLException {
    long before = Long.parseLong(ask("SELECT pg_relation_size('t')"));
    database.execute("UPDATE t SET a = 2");
    assertThat(Long.parseLong(ask("SELECT pg_relation_size('t')"))).isGreaterThan(before * 3 / 2);
  }

  @Test
  void anOlderSnapshotSeesAnEmptyTableAfterARewrite() throws SQLException {
    try (Connection reader = database.connect()) {
      reader.setAutoCommit(false);
      reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      assertThat(ask(reader, "SELECT count(*) FROM parents")).isEqualTo("100");
      database.execute("ALTER TABLE t ALTER a TYPE bigint");
      assertThat(ask(reader, "SELECT count(*) FROM t")).isEqualTo("0");
    }
  }

  @Test
  void anIndexIsNotBuiltBeforeAnOldTransactionHasEnded() throws SQLException {
    try (Connection old = database.connect();
        Connection builder = database.connect()) {
      old.setAutoCommit(false);
      old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      ask(old, "SELECT count(*) FROM parents");
      run(builder, "SET lock_timeout = '100ms'");
      assertThatThrownBy(() -> run(builder, "CREATE INDEX CONCURRENTLY i ON t (a)"))
          .hasMessageContaining("lock timeout");
    }
  }

  @Test
  void aWriteOfManyRowsHoldsAllOfThem() throws SQLException {
    try (Connection writer = database.connect();
        Connection application = database.connect()) {
      writer.setAutoCommit(false);
      run(writer, "UPDATE t SET a = 2");
      assertThatThrownBy(
              () -> run(application, "SELECT 1 FROM t WHERE id = 1999 FOR UPDATE NOWAIT"))
          .hasMessageContaining("could not obtain lock on row");
    }
  }

  @Test
  void before15AGeneratedColumnGoesAlong() throws SQLException {
    database.execute("ALTER TABLE t ADD g int GENERATED ALWAYS AS (a + 1) STORED");
    boolean asks = Integer.parseInt(ask("SHOW server_version_num")) >= 150_000;
    if (asks) {
      assertThatThrownBy(() -> database.execute("ALTER TABLE t DROP a"))
          .hasMessageContaining("other objects depend on it");
    } else {
      database.execute("ALTER TABLE t DROP a");
    }
    assertThat(
            ask(
                "SELECT count(*) FROM pg_attribute"
                    + " WHERE attrelid = 't'::regclass AND attname = 'g'"))
        .isEqualTo(asks ? "1" : "0");
  }

  private String ask(String sql) throws SQLException {
    try (Connection connection = database.connect()) {
      return ask(connection, sql);
    }
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
