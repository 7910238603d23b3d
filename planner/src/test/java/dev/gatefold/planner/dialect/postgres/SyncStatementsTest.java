package dev.gatefold.planner.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.planner.plan.SyncMode;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sync sees each row of a statement, whichever statement it is. */
class SyncStatementsTest {

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void copyOfTheOldColumnIsMappedRowByRow(SyncMode mode) throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.LOSSY, mode)) {
      copy(session, "id, old", "1, b ", "2,", "3,c");
      assertThat(session.stored()).containsExactly(" b |B", "null|null", "c|C");
    }
  }

  @Test
  void copyOfTheNewColumnIsMappedBackOnceBothWaysAreOpen() throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.PLAIN, SyncMode.BOTH)) {
      copy(session, "id, new", "1,7", "2,8");
      assertThat(session.stored()).containsExactly("7|7", "8|8");
    }
  }

  @Test
  void copyOfTheNewColumnIsRefusedBeforeThatAndStoresNothing() throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.PLAIN, SyncMode.STRICT)) {
      assertThatThrownBy(() -> copy(session, "id, new", "1,5", "2,8"))
          .isInstanceOf(SQLException.class)
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("GF002");
      assertThat(session.stored()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void aRestoreThatCarriesBothColumnsIsStoredAsItIs(SyncMode mode) throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.LOSSY, mode)) {
      copy(session, "id, note, old, new", "1,x, b ,B", "2,y,,");
      assertThat(session.stored()).containsExactly(" b |B", "null|null");
    }
  }

  @Test
  void anUpdateOfManyRowsIsMappedRowByRow() throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.FAILING, SyncMode.FILL)) {
      session.run(
          "INSERT INTO t (id, old) VALUES (1, '1'), (2, '2'), (3, '3')",
          "UPDATE t SET old = CASE id WHEN 1 THEN '11' WHEN 2 THEN 'abc' ELSE old END");
      assertThat(session.stored()).containsExactly("11|11", "abc|null", "3|3");
    }
  }

  @Test
  void oneRefusedRowRefusesTheWholeUpdate() throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.FAILING, SyncMode.STRICT)) {
      session.run("INSERT INTO t (id, old) VALUES (1, '1'), (2, '2')");
      assertThat(session.refusedWith("UPDATE t SET old = CASE id WHEN 1 THEN '11' ELSE 'abc' END"))
          .isEqualTo("GF001");
      assertThat(session.stored()).containsExactly("1|1", "2|2");
    }
  }

  @Test
  void rowsOfOneUpdateMayBeWrittenFromEitherSide() throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.PLAIN, SyncMode.BOTH)) {
      session.run(
          "INSERT INTO t (id, old) VALUES (1, 1), (2, 2), (3, 3)",
          """
          UPDATE t SET old = CASE id WHEN 1 THEN 10 ELSE old END,
                       new = CASE id WHEN 2 THEN 20 ELSE new END""");
      assertThat(session.stored()).containsExactly("10|10", "20|20", "3|3");
    }
  }

  @Test
  void returningShowsTheMappedValue() throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.PLAIN, SyncMode.BOTH)) {
      assertThat(session.rows("INSERT INTO t (id, old) VALUES (1, 7) RETURNING new"))
          .containsExactly("7");
      assertThat(session.rows("UPDATE t SET new = 8 RETURNING old")).containsExactly("8");
    }
  }

  @Test
  void aDefaultThatIsNewWithEachRowCountsAsSet() throws SQLException {
    try (SyncSession session = SyncSession.open()) {
      session.run(
          "CREATE SEQUENCE s",
          "CREATE TABLE t (id integer PRIMARY KEY, note text, old integer DEFAULT nextval('s'), new bigint)");
      session.sync(
          SyncFixture.sync(
              SyncFixture.pair(
                  SyncFixture.side("old", SyncFixture.INTEGER),
                  SyncFixture.side("new", SyncFixture.BIGINT),
                  SampleMapping.PLAIN.pair().news().get(0).value(),
                  SampleMapping.PLAIN.pair().olds().get(0).value())),
          SyncMode.BOTH);
      session.run("INSERT INTO t (id) VALUES (1)");
      assertThat(session.refusedWith("INSERT INTO t (id, new) VALUES (2, 7)")).isEqualTo("GF003");
      session.run("INSERT INTO t (id, old, new) VALUES (2, NULL, 7)");
      assertThat(session.stored()).containsExactly("1|1", "7|7");
    }
  }

  private static void copy(SyncSession session, String columns, String... lines)
      throws SQLException {
    // The driver's own COPY carries annotations that the compiler does not find.
    String program =
        Stream.of(lines).map(line -> "''" + line + "''").collect(Collectors.joining(" "));
    session.run(
        "COPY t (%s) FROM PROGRAM 'printf ''%%s\\n'' %s' (FORMAT csv)".formatted(columns, program));
  }
}
