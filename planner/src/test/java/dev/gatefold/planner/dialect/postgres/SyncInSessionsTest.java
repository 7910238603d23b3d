package dev.gatefold.planner.dialect.postgres;

import static dev.gatefold.planner.dialect.postgres.SyncFixture.TEXT;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.VALUE;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.fallible;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.side;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.type;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.plan.SyncMode;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sync does the same in every session, whoever holds it and whatever it has set. */
class SyncInSessionsTest {

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void nothingInTheSearchPathCanSlipIn(SyncMode mode) throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.LOSSY, mode)) {
      session.run(
          "CREATE SCHEMA attacker",
          "CREATE FUNCTION attacker.upper(text) RETURNS text LANGUAGE sql AS $$ SELECT 'evil' $$",
          "CREATE FUNCTION attacker.lower(text) RETURNS text LANGUAGE sql AS $$ SELECT 'evil' $$",
          """
          CREATE FUNCTION attacker.never(text, text) RETURNS boolean LANGUAGE sql
          AS $$ SELECT false $$""",
          """
          CREATE OPERATOR attacker.= (FUNCTION = attacker.never, LEFTARG = text, RIGHTARG = text)""",
          "CREATE DOMAIN attacker.boolean AS pg_catalog.text",
          "SET search_path TO attacker, pg_catalog, public",
          "INSERT INTO t (id, old) VALUES (1, ' b ')",
          "INSERT INTO t (id, old, new) VALUES (2, ' c ', 'C')",
          "UPDATE t SET old = 'd' WHERE id = 1");
      assertThat(session.stored()).containsExactly("d|D", " c |C");
    }
  }

  @Test
  void anEmptySearchPathIsEnough() throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.PLAIN, SyncMode.BOTH)) {
      session.run(
          "SET search_path TO ''",
          "INSERT INTO public.t (id, old) VALUES (1, 7)",
          "UPDATE public.t SET new = 8");
      assertThat(session.rows("SELECT old, new FROM public.t")).containsExactly("8|8");
    }
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void timeZoneAndDateStyleDoNotMatter(SyncMode mode) throws SQLException {
    try (SyncSession session = SyncSession.open()) {
      session.run(
          """
          CREATE TABLE t (id integer PRIMARY KEY, note text,
            old timestamptz DEFAULT '2024-03-04 00:00:00+00', new timestamp)""");
      session.sync(
          SyncFixture.sync(
              SyncFixture.pair(
                  side(
                      "old",
                      type("timestamp with time zone"),
                      "'2024-03-04 00:00:00+00'::timestamp with time zone"),
                  side("new", type("timestamp without time zone")),
                  fallible("timezone('UTC'::text, " + VALUE + ")"),
                  fallible("timezone('UTC'::text, " + VALUE + ")"))),
          mode);
      session.run(
          "SET TimeZone = 'Asia/Tokyo'",
          // At once, since the driver insists on its own style whenever it hears of another.
          """
          SET DateStyle = 'German, DMY';
          INSERT INTO t (id) VALUES (1);
          INSERT INTO t (id, old) VALUES (2, '06.05.2024 01:00:00+02');
          UPDATE t SET old = '08.07.2024 12:00:00+00' WHERE id = 1;
          SET DateStyle = 'ISO'""",
          "SET TimeZone = 'UTC'");
      assertThat(session.stored())
          .containsExactly(
              "2024-07-08 12:00:00+00|2024-07-08 12:00:00",
              "2024-05-05 23:00:00+00|2024-05-05 23:00:00");
    }
  }

  @Test
  void theWayInWhichASessionReadsStringsDoesNotMatter() throws SQLException {
    try (SyncSession session = SyncSession.open()) {
      session.run("CREATE TABLE t (id integer PRIMARY KEY, note text, old text, new text)");
      session.sync(
          SyncFixture.sync(
              SyncFixture.pair(
                  side("old", TEXT),
                  side("new", TEXT),
                  fallible("replace(" + VALUE + ", '/'::text, '\\n'::text)"),
                  fallible("replace(" + VALUE + ", '\\n'::text, '/'::text)"))),
          SyncMode.BOTH);
      session.run(
          "SET standard_conforming_strings = off", "INSERT INTO t (id, old) VALUES (1, 'a/b')");
      assertThat(session.stored()).containsExactly("a/b|a\\nb");
    }
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void theApplicationNeedsNoRightOfOurs(SyncMode mode) throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.FAILING, mode)) {
      String role = "writer_" + session.database().name();
      session.run(
          "CREATE ROLE " + role,
          "REVOKE ALL ON SCHEMA gatefold FROM PUBLIC",
          "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA gatefold FROM PUBLIC",
          "GRANT INSERT (id, old), UPDATE (old), SELECT (id) ON t TO " + role,
          "SET ROLE " + role,
          "INSERT INTO t (id, old) VALUES (1, '7')",
          "UPDATE t SET old = '8' WHERE id = 1");
      assertThat(session.refusedWith("SELECT gatefold.sync_0a1b2c3d_insert()")).isEqualTo("42501");
      session.run("RESET ROLE");
      assertThat(session.stored()).containsExactly("8|8");
      session.run("DROP OWNED BY " + role, "DROP ROLE " + role);
    }
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void replicatedRowsAreMappedToo(SyncMode mode) throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.PLAIN, mode)) {
      session.run(
          "SET session_replication_role = replica",
          "INSERT INTO t (id, old) VALUES (1, 7), (2, 2)",
          "UPDATE t SET old = 8 WHERE id = 1");
      assertThat(session.stored()).containsExactly("8|8", "2|2");
    }
  }

  @Test
  void aPreparedStatementFollowsAChangeOfMode() throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.FAILING, SyncMode.FILL)) {
      session.run(
          "PREPARE put AS INSERT INTO t (id, old) VALUES ($1, $2)",
          "EXECUTE put (1, 'abc')",
          "EXECUTE put (2, 'abc')");
      session.sync(SyncFixture.sync(SampleMapping.FAILING.pair()), SyncMode.STRICT);
      assertThat(session.refusedWith("EXECUTE put (3, 'abc')")).isEqualTo("GF001");
      assertThat(session.stored()).containsExactly("abc|null", "abc|null");
    }
  }
}
