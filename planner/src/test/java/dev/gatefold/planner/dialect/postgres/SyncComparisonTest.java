package dev.gatefold.planner.dialect.postgres;

import static dev.gatefold.planner.dialect.postgres.SyncFixture.VALUE;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.infallible;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.lenient;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.pair;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.side;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.sync;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.planner.schema.ColumnType;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A value counts as changed where its image changed, whatever its type calls equal. */
class SyncComparisonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "numeric; 1.0; 1.00",
        "interval; 1 mon; 30 days",
        "json; {\"a\": 1}; {\"a\":  1}",
        "xml; <a/>; <a></a>",
        "double precision; 0; -0",
        "bpchar; a; 'a '",
        "point; (1,2); (1,3)"
      })
  void anotherImageOfAnEqualValueIsMapped(String name, String before, String after)
      throws SQLException {
    try (SyncSession session = likewise(name, name, SyncMode.FILL)) {
      session.run(insert("old", before), "UPDATE t SET old = '" + after + "'");
      assertThat(session.rows("SELECT new FROM t"))
          .isEqualTo(session.rows("SELECT '" + after + "'::" + name));
      assertThat(session.refusedWith("UPDATE t SET new = '" + before + "'")).isEqualTo("GF002");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"numeric; 1.0; 1.00", "json; {\"a\": 1}; {\"a\":  1}", "interval; 1 mon; 30 days"})
  void imagesAreComparedForAgreementToo(String name, String one, String other) throws SQLException {
    try (SyncSession session = likewise(name, name, SyncMode.BOTH)) {
      String insert = "INSERT INTO t (id, old, new) VALUES (%d, '%s', '%s')";
      session.run(insert.formatted(1, one, one));
      assertThat(session.refusedWith(insert.formatted(2, one, other))).isEqualTo("GF003");
    }
  }

  @Test
  void caseOfCitextCounts() throws SQLException {
    try (SyncSession session = SyncSession.open()) {
      String available = "SELECT FROM pg_available_extensions WHERE name = 'citext'";
      assumeFalse(session.rows(available).isEmpty(), "this server has no citext");
      session.run("CREATE EXTENSION citext");
      likewise(session, "citext", "citext", SyncMode.BOTH, "public.citext");
      session.run(insert("old", "a"), "UPDATE t SET old = 'A'");
      assertThat(session.stored()).containsExactly("A|A");
      session.run("UPDATE t SET new = 'a'");
      assertThat(session.stored()).containsExactly("a|a");
    }
  }

  @Test
  void caseUnderANondeterministicCollationCounts() throws SQLException {
    try (SyncSession session = SyncSession.open()) {
      session.run(
          """
          CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false)
          """);
      String blind = "varchar(9) COLLATE blind";
      likewise(session, blind, blind, SyncMode.BOTH, "character varying", "text");
      session.run(insert("old", "a"), "UPDATE t SET old = 'A'");
      assertThat(session.stored()).containsExactly("A|A");
      session.run("INSERT INTO t (id, old, new) VALUES (2, 'B', 'B')");
      assertThat(session.refusedWith("INSERT INTO t (id, old, new) VALUES (3, 'c', 'C')"))
          .isEqualTo("GF003");
    }
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void columnsOfDifferentCollationsAreCompared(SyncMode mode) throws SQLException {
    try (SyncSession session = SyncSession.open()) {
      ColumnType plain = type("text");
      ColumnType collated =
          new ColumnType(
              "text", "text", -1, plain.kind(), Optional.of("pg_catalog.\"POSIX\""), true);
      session.run(
          """
          CREATE TABLE t (id integer PRIMARY KEY, note text,
            old text COLLATE "C", new text COLLATE "POSIX")""");
      session.sync(
          sync(
              pair(
                  side("old", plain), side("new", collated), infallible(VALUE), infallible(VALUE))),
          mode);
      session.run("INSERT INTO t (id, old, new) VALUES (1, 'a', 'a')", "UPDATE t SET old = 'b'");
      assertThat(session.stored()).containsExactly("b|b");
      assertThat(session.refusedWith("INSERT INTO t (id, old, new) VALUES (2, 'a', 'b')"))
          .isEqualTo(mode == SyncMode.BOTH ? "GF003" : "GF002");
    }
  }

  @Test
  void aLargeValueOutOfLineIsNoChangeUntilItIsOne() throws SQLException {
    try (SyncSession session = likewise("json", "json", SyncMode.BOTH)) {
      session.run(
          """
          INSERT INTO t (id, old)
          SELECT 1, to_json(string_agg(md5(n::text), '')) FROM generate_series(1, 1000) AS n""",
          "SET track_functions = 'all'",
          "BEGIN",
          "UPDATE t SET note = 'x'");
      assertThat(session.rows("SELECT FROM pg_stat_xact_user_functions")).isEmpty();
      session.run("UPDATE t SET old = '{}'", "COMMIT");
      assertThat(session.stored()).containsExactly("{}|{}");
    }
  }

  private static String insert(String column, String value) {
    return "INSERT INTO t (id, %s) VALUES (1, '%s')".formatted(column, value);
  }

  private static SyncSession likewise(String old, String replacement, SyncMode mode)
      throws SQLException {
    SyncSession session = SyncSession.open();
    likewise(session, old, replacement, mode, old);
    return session;
  }

  /** Both columns hold the same. */
  private static void likewise(
      SyncSession session, String old, String replacement, SyncMode mode, String type)
      throws SQLException {
    likewise(session, old, replacement, mode, type, type);
  }

  private static void likewise(
      SyncSession session,
      String old,
      String replacement,
      SyncMode mode,
      String type,
      String mappedAs)
      throws SQLException {
    session.run(
        "CREATE TABLE t (id integer PRIMARY KEY, note text, old %s, new %s)"
            .formatted(old, replacement));
    String mapping = "(" + VALUE + ")::" + mappedAs;
    session.sync(
        sync(
            pair(
                side("old", lenient(type)),
                side("new", lenient(type)),
                infallible(mapping),
                infallible(mapping))),
        mode);
  }
}
