package dev.gatefold.planner.hazard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PostgreSQL's own driver makes of a change, as every program in Java meets it. */
final class DriverDangerTest {

  /** As in a program's code; the database has come to know a value that it does not. */
  private enum Mood {
    SAD,
    OK
  }

  private TestDatabase database;

  @BeforeEach
  void start() throws SQLException {
    database = TestDatabase.create();
    database.execute(
        """
        CREATE TYPE mood AS ENUM ('SAD', 'OK');
        CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL DEFAULT 7, s varchar(5), m mood);
        INSERT INTO t VALUES (1, 7, 'x', 'OK');
        """);
  }

  @AfterEach
  void stop() throws SQLException {
    database.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          SELECT * FROM t        ! ALTER TABLE t ADD c int               !                       ! fails
          SELECT * FROM t        ! ALTER TABLE t DROP a                  !                       ! fails
          SELECT id, s FROM t    ! ALTER TABLE t ADD c int               !                       ! works
          SELECT id, s FROM t    ! ALTER TABLE t DROP a                  !                       ! works
          SELECT * FROM t        ! ALTER TABLE t ADD c int               ! autosave=conservative ! works
          SELECT * FROM t        ! ALTER TABLE t ADD c int               ! prepareThreshold=0    ! works
          SELECT id, a FROM t    ! ALTER TABLE t ALTER a TYPE bigint     !                       ! fails
          SELECT id, s FROM t    ! ALTER TABLE t ALTER s TYPE varchar(9) !                       ! fails
          SELECT id, s FROM t    ! ALTER TABLE t ALTER a TYPE bigint     !                       ! works
          SELECT id, a FROM t    ! ALTER TABLE t ALTER a TYPE bigint     ! autosave=conservative ! works
          """)
  void aStatementThatTheServerHasPreparedInATransaction(
      String sql, String ddl, String setting, String outcome) throws SQLException {
    String url = database.url() + (setting == null ? "" : "&" + setting);
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      connection.setAutoCommit(false);
      for (int i = 0; i < 6; i++) {
        // The driver has the server prepare what runs for the fifth time.
        statement.executeQuery().close();
      }
      connection.commit();
      database.execute(ddl);
      if (outcome.equals("fails")) {
        assertThatThrownBy(() -> statement.executeQuery().close())
            .hasMessageContaining("cached plan must not change result type");
        connection.rollback();
      }
      statement.executeQuery().close();
    }
  }

  @Test
  void copyWithoutColumnsHasAFieldTooFewOrTooMany() throws SQLException {
    copy("t", 2);
    database.execute("ALTER TABLE t ADD c int");
    assertThatThrownBy(() -> copy("t", 3)).hasMessageContaining("missing data for column \"c\"");
    copy("t (id, a, s, m)", 3);
    database.execute("ALTER TABLE t DROP c, DROP m");
    assertThatThrownBy(() -> copy("t", 4))
        .hasMessageContaining("extra data after last expected column");
  }

  private void copy(String into, int id) throws SQLException {
    database.asSuperuser("COPY %s FROM PROGRAM 'echo %d,7,x,OK' (FORMAT csv)".formatted(into, id));
  }

  @Test
  void anInsertWithoutColumnsPutsAValueIntoTheNextOne() throws SQLException {
    database.execute("CREATE TABLE pairs (x int, y int, z int); ALTER TABLE pairs DROP x");
    database.execute("INSERT INTO pairs VALUES (1, 2)");
    assertThat(database.queryLines("SELECT y, z FROM pairs")).containsExactly("1|2");
  }

  @Test
  void aNullIsReadAsZero() throws SQLException {
    database.execute("ALTER TABLE t ALTER a DROP NOT NULL; UPDATE t SET a = NULL");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT a FROM t")) {
      row.next();
      assertThat(row.getInt(1)).isZero();
    }
  }

  @Test
  void aNewLabelIsNoValueOfTheProgram() throws SQLException {
    assertThat(mood()).isEqualTo(Mood.OK);
    database.execute("ALTER TYPE mood ADD VALUE 'FINE'");
    database.execute("UPDATE t SET m = 'FINE'");
    assertThatThrownBy(this::mood).isInstanceOf(IllegalArgumentException.class);
  }

  private Mood mood() throws SQLException {
    return Mood.valueOf(database.queryLines("SELECT m FROM t").get(0));
  }

  @Test
  void aMapperThatWritesAllColumnsWritesNullOverTheDefault() throws SQLException {
    database.execute("ALTER TABLE t ADD c int NOT NULL DEFAULT 5");
    try (Connection connection = database.connect();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO t (id, a, s, m, c) VALUES (2, 7, 'x', 'OK', ?)")) {
      insert.setObject(1, null);
      assertThatThrownBy(insert::execute).hasMessageContaining("violates not-null constraint");
    }
  }
}
