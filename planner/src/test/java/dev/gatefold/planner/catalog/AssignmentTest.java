package dev.gatefold.planner.catalog;

import static dev.gatefold.planner.catalog.CatalogFixture.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.schema.TableProbe.MappingProbe;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A template gives what storing the author's expression in the column gives, or the same error. */
final class AssignmentTest {

  private static CatalogFixture fixture;

  @BeforeAll
  static void start() throws SQLException {
    fixture = new CatalogFixture();
  }

  @AfterAll
  static void stop() throws SQLException {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text | 'abc' | varchar(3) | a",
        "text | 'abcd' | varchar(3) | a",
        "text | 'abc   ' | varchar(3) | a",
        "text | 'ab' | char(3) | a",
        "text | 'abcd' | char(3) | a",
        "text | 'abc  ' | char(3) | a",
        "text | 'a b' | char(5) | a",
        "char(5) | 'ab' | varchar(5) | a",
        "char(5) | 'ab' | text | a",
        "int | 12345 | varchar(4) | a",
        "int | 1234 | varchar(4) | a",
        "boolean | true | varchar(4) | a",
        "boolean | false | varchar(4) | a",
        "numeric | 12.345 | numeric(4,2) | a",
        "numeric | 123.4 | numeric(4,2) | a",
        "numeric | 2.5 | int | a",
        "bigint | 3000000000 | int | a",
        "int | 7 | numeric(12,2) | a / 100.0",
        "timestamp | '2026-01-01 10:00:00.6789' | timestamp(2) | a",
        "timestamp | '2026-01-01 23:59:59.6' | date | a",
        "text | 'x' | text | a || NULL",
        "int | 1 | int | '42'",
        "text | 'abcd' | varchar(3) | a::varchar(3)",
        "int[] | '{1,2}' | bigint[] | a",
        "name | 'abc' | varchar(2) | a",
        "json | '{\"b\": 1,  \"a\": 2}' | jsonb | a",
      })
  void aTemplateDoesWhatAnInsertDoes(String from, String value, String to, String up)
      throws SQLException {
    fixture.reset(
        "CREATE TABLE t (a %s); CREATE TABLE n (b %s); INSERT INTO t VALUES (%s);"
            .formatted(from, to, value));
    MappingProbe mapping =
        accepted(fixture.probe(Alter.column("t", "a").type(to).up(up).down("NULL")).up());
    String template = mapping.value().with(n -> "t.a");
    assertThat(
            outcome(
                "SELECT pg_typeof(v) || ' ' || (ROW(v)::text) FROM (SELECT %s AS v FROM t) s"
                    .formatted(template)))
        .isEqualTo(
            outcome(
                "WITH w AS (INSERT INTO n SELECT %s FROM t RETURNING b)".formatted(up)
                    + " SELECT pg_typeof(b) || ' ' || (ROW(b)::text) FROM w"));
  }

  @Test
  void tooLongAValueRaisesTheErrorOfAnInsert() throws SQLException {
    fixture.reset("CREATE TABLE t (a text); INSERT INTO t VALUES ('abcd')");
    for (String type : new String[] {"varchar(3)", "char(3)"}) {
      MappingProbe up = accepted(fixture.probe(Alter.column("t", "a").type(type)).up());
      assertThat(outcome("SELECT " + up.value().with(n -> "a") + " FROM t")).startsWith("22001");
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"'abc', abc", "'abc ', 22001", "'ab ', ab ", "'abcd', 22001", "NULL, null"})
  void theWayBackToAShorterStringLosesNotEvenBlanks(String value, String expected)
      throws SQLException {
    fixture.reset("CREATE TABLE t (a varchar(3))");
    MappingProbe down = accepted(fixture.probe(Alter.column("t", "a").type("varchar(9)")).down());
    assertThat(down.exact()).isTrue();
    assertThat(
            outcome(
                "SELECT "
                    + down.value().with(n -> "a")
                    + " FROM (SELECT "
                    + value
                    + "::varchar(9) AS a) s"))
        .startsWith(expected);
  }

  private static String outcome(String sql) {
    try {
      return fixture.database().queryLines(sql).toString().replaceAll("^\\[|\\]$", "");
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }
}
