package dev.gatefold.planner.dialect.postgres;

import static dev.gatefold.planner.dialect.postgres.SyncFixture.BIGINT;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.INTEGER;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.TEXT;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.VALUE;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.infallible;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.pair;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.side;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.SyncMode;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.ServerErrorMessage;

/** The sync stands whatever the user's tables and columns are called and mappings contain. */
class SyncNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Old Price",
        "select",
        "agreed",
        "new",
        "\"",
        "it's",
        "50%s",
        "a\\b",
        "$1",
        "$gatefold$",
        "$gatefold$; DROP TABLE t; --",
        "two\nlines",
        "\u00fcn\u00efc\u00f6d\u00e9 \ud83d\udc18",
        "SQLERRM",
        "gatefold_row",
        "a23456789012345678901234567890123456789012345678901234567890_63"
      })
  void aColumnMayBeCalledAnything(String name) throws SQLException {
    for (SyncMode mode : SyncMode.values()) {
      try (SyncSession session = SyncSession.open()) {
        TableName table =
            new TableName(new Identifier("public"), new Identifier("T " + trim(name)));
        String column = new Identifier(name).quoted();
        session.run(
            "CREATE TABLE %s (id integer PRIMARY KEY, note text, %s integer, replacement bigint)"
                .formatted(table.quoted(), column));
        session.sync(SyncFixture.syncOf(table, widened(name, "replacement")), mode);
        session.run(
            "INSERT INTO %s (id, %s) VALUES (1, 7)".formatted(table.quoted(), column),
            "UPDATE %s SET %s = 8".formatted(table.quoted(), column));
        assertThat(session.rows("SELECT replacement FROM " + table.quoted())).containsExactly("8");
        ServerErrorMessage refusal =
            session.refusal(
                "INSERT INTO %s (id, %s, replacement) VALUES (2, 1, 2)"
                    .formatted(table.quoted(), column));
        assertThat(refusal.getMessage()).contains("public.t." + new Identifier(name));
        assertThat(refusal.getTable()).isEqualTo(table.name().value());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void aMappingMayContainLinesAndQuotes(SyncMode mode) throws SQLException {
    try (SyncSession session = SyncSession.open()) {
      session.run("CREATE TABLE t (id integer PRIMARY KEY, note text, old text, new text)");
      String up = "replace(replace(%s, 'x'::text, '\n'::text), 'y'::text, '$gatefold$;--'::text)";
      session.sync(
          SyncFixture.sync(
              pair(
                  side("old", TEXT, "'\n'::text"),
                  side("new", TEXT),
                  SyncFixture.fallible(up.formatted(VALUE)),
                  infallible("replace(%s, '\n'::text, 'x'::text)".formatted(VALUE)))),
          mode);
      session.run(
          "INSERT INTO t (id, old) VALUES (1, 'axby')",
          "INSERT INTO t (id, old, new) VALUES (2, 'axb', E'a\\nb')");
      assertThat(session.stored()).containsExactly("axby|a\nb$gatefold$;--", "axb|a\nb");
    }
  }

  @Test
  void twoPairsOfATableAreKeptInStepOnTheirOwn() throws SQLException {
    try (SyncSession session = pairs(SyncMode.BOTH)) {
      session.run("INSERT INTO t (id, old, other) VALUES (1, 1, 10)");
      assertThat(session.rows("SELECT old, new, other, other_new FROM t"))
          .containsExactly("1|1|10|10");
      session.run("UPDATE t SET old = 2, other_new = 20");
      assertThat(session.rows("SELECT old, new, other, other_new FROM t"))
          .containsExactly("2|2|20|20");
      session.run("INSERT INTO t (id, new, other) VALUES (2, 3, 30)");
      assertThat(session.rows("SELECT old, new, other, other_new FROM t WHERE id = 2"))
          .containsExactly("3|3|30|30");
    }
  }

  @Test
  void aRefusalNamesThePairThatItIsAbout() throws SQLException {
    try (SyncSession session = pairs(SyncMode.STRICT)) {
      ServerErrorMessage refusal =
          session.refusal("INSERT INTO t (id, old, other_new) VALUES (1, 1, 10)");
      assertThat(refusal.getSQLState()).isEqualTo("GF002");
      assertThat(refusal.getMessage()).contains("public.t.other");
      assertThat(refusal.getColumn()).isEqualTo("other_new");
    }
  }

  @Test
  void anUpdateOfOnePairFillsTheOtherToo() throws SQLException {
    try (SyncSession session = SyncSession.open()) {
      createPairs(session);
      session.run("INSERT INTO t (id, old, other) VALUES (1, 1, 10)");
      session.sync(twoPairs(), SyncMode.FILL);
      session.run("UPDATE t SET old = 2");
      assertThat(session.rows("SELECT old, new, other, other_new FROM t"))
          .containsExactly("2|2|10|10");
    }
  }

  private static SyncSession pairs(SyncMode mode) throws SQLException {
    SyncSession session = SyncSession.open();
    createPairs(session);
    session.sync(twoPairs(), mode);
    return session;
  }

  private static void createPairs(SyncSession session) throws SQLException {
    session.run(
        """
        CREATE TABLE t (id integer PRIMARY KEY, note text,
          old integer, other integer, new bigint, other_new bigint)""");
  }

  private static SyncSpec twoPairs() {
    return SyncFixture.sync(widened("old", "new"), widened("other", "other_new"));
  }

  private static SyncSpec.Group widened(String old, String replacement) {
    return pair(
        side(old, INTEGER),
        side(replacement, BIGINT),
        infallible("(" + VALUE + ")::bigint"),
        SyncFixture.fallible("(" + VALUE + ")::integer"));
  }

  private static String trim(String name) {
    return name.length() > 60 ? name.substring(0, 60) : name;
  }
}
