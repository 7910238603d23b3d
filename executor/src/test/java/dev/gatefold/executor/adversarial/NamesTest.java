package dev.gatefold.executor.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas, tables, columns, indexes, constraints and triggers that are called anything. */
class NamesTest {

  private static final String LONG = "a23456789_b23456789_c23456789_d23456789_e23456789_f23456789_";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upper 'n' \"quoted\" with.dots",
        "select",
        "  blanks  ",
        "$gatefold$; DROP TABLE t; -- $1 ?",
        "100%s %n %1$d ${user} {0} /* :x",
        "back\\slash\\n\nand a line",
        "e\u0301 \ud83d\ude80\ud83d\udc18 \u202e\u05d0\u05d1\u05d2",
        "gatefold",
        LONG + "g23",
        "\u8a9e\u8a9e\u8a9e\u8a9e\u8a9e\u8a9e\u8a9e\u8a9e\u8a9e\u8a9e"
            + "\u8a9e\u8a9e\u8a9e\u8a9e\u8a9e\u8a9e\u8a9e\u8a9e\u8a9e\u8a9e\u8a9e"
      })
  void everythingMayBeCalled(String name) throws Exception {
    String schema = name.equals("gatefold") ? "\"gatefold \"" : quoted(name);
    String table = schema + "." + quoted(name);
    try (Journey journey =
        Journey.on(tables(name, schema) + "CREATE SCHEMA twin;" + tables(name, "twin"))) {
      List<String> before = journey.catalog(table);
      String change = change(table, name);
      journey.submitted(change).promoted("x", StageName.RETIRE);
      journey.sql("UPDATE %s SET %s = 'new' WHERE id = 7".formatted(table, quoted(other(name))));
      assertThat(journey.rollback("x", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.catalog(table)).isEqualTo(before);
      assertThat(journey.rows("SELECT %s FROM %s WHERE id = 7".formatted(quoted(name), table)))
          .containsExactly("new");

      journey.submitted(change).promoted("x", StageName.DROP);
      journey.sql(
          "ALTER TABLE twin.%1$s RENAME %1$s TO %2$s;".formatted(quoted(name), quoted(other(name)))
              + "ALTER TABLE twin.%1$s ALTER no TYPE bigint".formatted(quoted(name)));
      String shown = journey.rows("SELECT quote_ident(" + literal(schema) + ")").get(0);
      assertThat(journey.catalog(table).stream().map(line -> line.replace(shown + ".", "")))
          .isEqualTo(
              journey.catalog("twin." + quoted(name)).stream()
                  .map(line -> line.replace("twin.", ""))
                  .toList());
    }
  }

  private static String tables(String name, String schema) {
    String table = schema + "." + quoted(name);
    return """
    CREATE SCHEMA IF NOT EXISTS %1$s;
    CREATE TABLE %2$s (id int PRIMARY KEY, %3$s text DEFAULT 'd', no int NOT NULL, other text,
      CONSTRAINT %3$s CHECK (%3$s <> '' AND no > 0));
    CREATE INDEX %4$s ON %2$s (%3$s, lower(%3$s)) INCLUDE (no);
    ALTER TABLE %2$s ADD CONSTRAINT %5$s UNIQUE (no, %3$s);
    COMMENT ON COLUMN %2$s.%3$s IS %6$s;
    CREATE OR REPLACE FUNCTION %1$s.%3$s() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
    CREATE TRIGGER %3$s AFTER UPDATE ON %2$s FOR EACH ROW EXECUTE FUNCTION %1$s.%3$s();
    INSERT INTO %2$s SELECT i, 'v' || i, i FROM generate_series(1, 200) i;
    """
        .formatted(
            schema,
            table,
            quoted(name),
            quoted(ending(name, "i")),
            quoted(ending(name, "u")),
            "'" + name.replace("'", "''") + "'");
  }

  private static String change(String table, String name) {
    return """
    change: x
    operations:
      - rename_column: {table: %1$s, column: %2$s, to: %3$s}
      - alter_column: {table: %1$s, column: "no", type: bigint}
    backfill: {user_triggers: skip}
    """
        .formatted(yaml(table), yaml(quoted(name)), yaml(quoted(other(name))));
  }

  /** As long as the name and equal to it but for the last character. */
  private static String ending(String name, String end) {
    return name.substring(0, name.offsetByCodePoints(name.length(), -1)) + end;
  }

  private static String other(String name) {
    return ending(name, "z");
  }

  @Test
  void c12_derivedNamesThatCollide() throws Exception {
    String tables =
        """
        CREATE TABLE %1$s (id int PRIMARY KEY, %2$s text NOT NULL);
        CREATE INDEX ON %1$s (%2$s);
        ALTER TABLE %1$s ADD CHECK (%2$s <> '');
        INSERT INTO %1$s SELECT i, %3$s || i FROM generate_series(1, 300) i;
        """;
    String change =
        """
        change: %s
        operations:
          - alter_column: {table: %s, column: %s, type: varchar(50)}
        """;
    try (Journey journey =
        Journey.on(
            tables.formatted("a", "b_c", "'first '") + tables.formatted("a_b", "c", "'second '"))) {
      List<String> first = journey.catalog("a");
      List<String> second = journey.catalog("a_b");
      journey
          .submitted(change.formatted("x", "a", "b_c"))
          .submitted(change.formatted("y", "a_b", "c"));
      for (StageName stage : List.of(StageName.EXPAND, StageName.BACKFILL, StageName.RETIRE)) {
        assertThat(journey.promote("x", stage)).isInstanceOf(Outcome.Done.class);
        assertThat(journey.promote("y", stage)).isInstanceOf(Outcome.Done.class);
      }
      journey.sql("UPDATE a SET b_c = 'new'; UPDATE a_b SET c = 'other' WHERE id = 1");
      assertThat(journey.rollback("x", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      journey.sql("UPDATE a_b SET c = 'still in step' WHERE id = 2");
      assertThat(journey.rollback("y", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.catalog("a")).isEqualTo(first);
      assertThat(journey.catalog("a_b")).isEqualTo(second);
      assertThat(journey.rows("SELECT DISTINCT b_c FROM a")).containsExactly("new");
      assertThat(journey.rows("SELECT c FROM a_b WHERE id < 4 ORDER BY id"))
          .containsExactly("other", "still in step", "second 3");
    }
  }

  @Test
  void c12_namesThatPass63Bytes() throws Exception {
    String table =
        """
        CREATE TABLE "%1$sfgh" (id int PRIMARY KEY, "%1$sxxa" int NOT NULL, "%1$sxxb" int);
        CREATE INDEX "%1$sxxc" ON "%1$sfgh" ("%1$sxxa");
        CREATE INDEX "%1$sxxd" ON "%1$sfgh" ("%1$sxxb");
        ALTER TABLE "%1$sfgh" ADD CONSTRAINT "%1$sxxe" CHECK ("%1$sxxa" > 0);
        ALTER TABLE "%1$sfgh" ADD CONSTRAINT "%1$sxxf" CHECK ("%1$sxxb" > 0);
        INSERT INTO "%1$sfgh" SELECT i, i, i FROM generate_series(1, 300) i;
        """
            .formatted(LONG);
    String change =
        """
        change: x
        operations:
          - alter_column: {table: %1$sfgh, column: %1$sxxa, type: bigint}
          - alter_column: {table: %1$sfgh, column: %1$sxxb, type: bigint}
        """
            .formatted(LONG);
    try (Journey journey = Journey.on(table)) {
      List<String> before = journey.catalog(LONG + "fgh");
      journey.submitted(change).promoted("x", StageName.RETIRE);
      assertThat(journey.rollback("x", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.catalog(LONG + "fgh")).isEqualTo(before);
      journey.submitted(change).promoted("x", StageName.DROP);
      assertThat(journey.catalog(LONG + "fgh"))
          .isEqualTo(
              before.stream()
                  .map(line -> line.replaceAll("(xx[ab])\\|integer", "$1|bigint"))
                  .toList());
    }
  }

  @Test
  void aNameOfMoreThan63BytesIsAnErrorOfTheFile() throws Exception {
    try (Journey journey = Journey.on("CREATE TABLE t (id int PRIMARY KEY, a int)")) {
      assertThatThrownBy(
              () ->
                  journey.submit(
                      "change: x\noperations:\n"
                          + "  - rename_column: {table: t, column: a, to: %sabcd}".formatted(LONG)))
          .hasMessageContaining("longer than 63 bytes");
    }
  }

  private static String quoted(String name) {
    return new Identifier(name).quoted();
  }

  /** The name in a schema's quotes, as a literal without them. */
  private static String literal(String quotedName) {
    String name = quotedName.substring(1, quotedName.length() - 1).replace("\"\"", "\"");
    return "'" + name.replace("'", "''") + "'";
  }

  private static String yaml(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
