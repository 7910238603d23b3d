package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Splits and merges that are refused, each with what stands in the way. */
class RegroupRefusalTest {

  private static final String TABLE =
      """
      CREATE TABLE t (id int PRIMARY KEY, a text, b text, other text, counted int);
      """;

  private static final String SPLIT =
      """
        - split_column:
            table: t
            column: %s
            into:
              - {column: x, type: text, up: "left(%s, 1)"}
              - {column: y, type: text, up: "substr(%s, 2)"}
            down: "x || y"
      """;

  private static final String MERGE =
      """
        - merge_columns:
            table: t
            columns: [a, b]
            into: {column: c, type: text, up: "a || '/' || b"}
            down: {a: "split_part(c, '/', 1)", b: "split_part(c, '/', 2)"}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "CREATE INDEX i ON t (lower(b)); index i",
        "CREATE INDEX i ON t (id) INCLUDE (b); index i",
        "CREATE INDEX i ON t (id) WHERE b > 'x'; index i",
        "ALTER TABLE t ADD CONSTRAINT k UNIQUE (other, b); unique constraint k",
        "ALTER TABLE t ADD CONSTRAINT k CHECK (b <> a); check k",
        "ALTER TABLE t ADD CONSTRAINT k EXCLUDE (b WITH =); exclusion constraint k",
        "`CREATE TABLE p (b text UNIQUE); ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (b) REFERENCES p (b)`; foreign key k",
        "`CREATE UNIQUE INDEX i ON t (b); CREATE TABLE r (b text CONSTRAINT k REFERENCES t (b))`; foreign key k of public.r",
        "CREATE STATISTICS s ON b, other FROM t; statistics public.s",
        "CREATE VIEW v AS SELECT b FROM t; view public.v",
        "CREATE MATERIALIZED VIEW v AS SELECT b FROM t; materialized view public.v",
        "CREATE POLICY q ON t USING (b IS NOT NULL); policy q on public.t",
        "`CREATE TABLE l (v text); CREATE RULE q AS ON UPDATE TO t DO ALSO INSERT INTO l VALUES (NEW.b)`; rule q on public.t",
        "`CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(b) FROM t; END`; function public.f()",
        "`CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER g BEFORE UPDATE OF b ON t FOR EACH ROW EXECUTE FUNCTION f()`; trigger g on public.t",
        "ALTER TABLE t ADD COLUMN g text GENERATED ALWAYS AS (upper(b)) STORED; generated column",
      })
  void whatHangsOnAnOldColumnIsNamed(String sql, String what) throws Exception {
    for (String change : List.of(SPLIT.replace("%s", "b"), MERGE)) {
      assertThat(Carrying.refusals(TABLE + sql + ";", change))
          .as(change)
          .anySatisfy(reason -> assertThat(reason).startsWith("not-carried: ").contains(what));
    }
  }

  @Test
  void aPublicationThatNamesAnOldColumnIsNamed() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      Assumptions.assumeTrue(
          journey.rows("SELECT current_setting('server_version_num')::int >= 150000").contains("t"),
          "publications name no columns before 15");
    }
    assertThat(Carrying.refusals(TABLE + "CREATE PUBLICATION u FOR TABLE t (id, b);", MERGE))
        .anySatisfy(
            reason -> assertThat(reason).startsWith("not-carried: ").contains("publication u"));
  }

  @Test
  void aPrimaryKeyIsNamed() throws Exception {
    assertThat(
            Carrying.refusals(
                "CREATE TABLE t (a text PRIMARY KEY, b text);", SPLIT.replace("%s", "a")))
        .anyMatch(reason -> reason.contains("primary key t_pkey"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "down: \"x || y\"; down: \"x || b\"; bad-down; column \"b\" does not exist",
        "down: \"x || y\"; down: \"x || y || other\"; down-reads-others; reads other as well",
        "down: \"x || y\"; down: \"'none'\"; bad-down; reads no column of the other side",
        "left(b, 1); left(b || other, 1); up-reads-others; reads other as well",
        "left(b, 1); now()::text; bad-up; reads no column of the other side",
        "left(b, 1); b || now()::text; volatile-up; depends on more than the row",
        "left(b, 1); left(b; bad-up; unbalanced",
        "left(b, 1); x; bad-up; column \"x\" does not exist",
        "x, type: text; x, type: nonsense; bad-type; type \"nonsense\" does not exist",
        "x, type: text; x, type: text, nullable: false; null-stays-null; shall refuse NULL",
        "x, type: text; x, type: int, default: \"'no number'\"; bad-default; invalid input syntax",
        "column: x; column: other; name-taken; has a column of that name already",
        "column: x; column: b; name-taken; has a column of that name already",
        "column: x; column: ctid; name-taken; system column of that name",
        "column: b; column: id; not-carried; primary key t_pkey",
        "column: b; column: nobody; no-column; no such column",
        "table: t; table: nothing; no-table; there is no such table",
      })
  void aMappingOrNameThatDoesNotServeIsNamed(String part, String instead, String code, String words)
      throws Exception {
    String change =
        SPLIT
            .replace("%s", "b")
            .replaceFirst(Pattern.quote(part), Matcher.quoteReplacement(instead));
    assertThat(Carrying.refusals(TABLE, change))
        .anySatisfy(reason -> assertThat(reason).startsWith(code + ": ").contains(words));
  }

  @Test
  void aDefaultOfWhichTheFileSaysNothing() throws Exception {
    String table = TABLE + "ALTER TABLE t ALTER b SET DEFAULT 'none';";
    assertThat(Carrying.refusals(table, MERGE))
        .containsExactly(
            "default-unsaid: the column has the default 'none'::text, and the file does not say"
                + " what becomes of it");
  }

  @Test
  void aColumnThatTakesItsValuesFromASequence() throws Exception {
    for (String counted : List.of("counted serial", "counted int GENERATED ALWAYS AS IDENTITY")) {
      assertThat(
              Carrying.refusals(
                  "CREATE TABLE t (id int PRIMARY KEY, a text, b text, " + counted + ");",
                  SPLIT.replace("%s", "counted")))
          .anyMatch(reason -> reason.startsWith("identity-column: "));
    }
  }

  @Test
  void aColumnOfTwoOperations() throws Exception {
    assertThat(Carrying.refusals(TABLE, MERGE + SPLIT.replace("%s", "b")))
        .containsExactly("named-twice: two operations of the change name the same column");
    assertThat(
            Carrying.refusals(TABLE, "  - rename_column: {table: t, column: a, to: z}\n" + MERGE))
        .containsExactly("named-twice: two operations of the change name the same column");
    assertThat(
            Carrying.refusals(
                TABLE, MERGE + "  - rename_column: {table: t, column: other, to: c}\n"))
        .containsExactly("named-twice: two operations of the change name the same column");
    assertThat(
            Carrying.refusals(
                TABLE, "  - rename_column: {table: t, column: other, to: c}\n" + MERGE))
        .containsExactly("named-twice: two operations of the change name the same column");
  }
}
