package dev.gatefold.planner.catalog;

import static dev.gatefold.planner.catalog.CatalogFixture.object;
import static dev.gatefold.planner.catalog.CatalogFixture.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.TableProbe;
import dev.gatefold.planner.schema.TableProbe.ObjectKind;
import dev.gatefold.planner.schema.TableProbe.ObjectProbe;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ObjectProbeTest {

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
        "(\"A.b c\" DESC NULLS LAST, other) | USING btree (gatefold_probe_2 DESC NULLS LAST,"
            + " other)",
        "(other) INCLUDE (\"A.b c\") | USING btree (other) INCLUDE (gatefold_probe_2)",
        "(\"A.b c\" text_pattern_ops) | USING btree (gatefold_probe_2 text_pattern_ops)",
        "(\"A.b c\" COLLATE \"C\") | USING btree (gatefold_probe_2 COLLATE \"C\")",
        "(lower(\"A.b c\")) WHERE \"A.b c\" <> ' USING x' | "
            + "USING btree (lower(gatefold_probe_2)) WHERE (gatefold_probe_2 <> ' USING x'::text)",
        "(other) WHERE \"A.b c\" IS NULL | USING btree (other) WHERE (gatefold_probe_2 IS NULL)",
      })
  void anIndexIsPrintedOverProbes(String body, String template) throws SQLException {
    fixture.reset(
        "CREATE TABLE \"T t\" (id int PRIMARY KEY, \"A.b c\" text, other int);"
            + "CREATE INDEX \"USING i\" ON \"T t\" "
            + body);
    TableProbe probe =
        fixture.tableProbe(Alter.column("\"T t\"", "A.b c").to("new").type("varchar(40)").done());
    assertThat(object(probe, ObjectKind.INDEX, "USING i")).isEqualTo(template);
  }

  @Test
  void uniqueAndOtherMethodsAndStorageParametersAreKept() throws SQLException {
    fixture.reset(
        """
        CREATE TABLE t (a text UNIQUE, b int, n text);
        CREATE UNIQUE INDEX u ON t (n, a) WITH (fillfactor = 70);
        CREATE INDEX h ON t USING hash (a);
        """);
    TableProbe probe = fixture.tableProbe(Alter.column("t", "a").type("varchar(9)").done());
    assertThat(object(probe, ObjectKind.INDEX, "u"))
        .isEqualTo("USING btree (n, gatefold_probe_1) WITH (fillfactor='70')");
    assertThat(object(probe, ObjectKind.INDEX, "h")).isEqualTo("USING hash (gatefold_probe_1)");
    assertThat(object(probe, ObjectKind.INDEX, "t_a_key"))
        .isEqualTo("USING btree (gatefold_probe_1)");
  }

  @Test
  void nullsNotDistinctIsKept() throws SQLException {
    fixture.assumeAtLeast(15);
    fixture.reset("CREATE TABLE t (a text UNIQUE NULLS NOT DISTINCT)");
    TableProbe probe = fixture.tableProbe(Alter.column("t", "a").type("varchar(9)").done());
    assertThat(object(probe, ObjectKind.INDEX, "t_a_key"))
        .isEqualTo("USING btree (gatefold_probe_1) NULLS NOT DISTINCT");
  }

  @Test
  void whatReadsOnlyOtherColumnsIsNotProbed() throws SQLException {
    fixture.reset("CREATE TABLE t (a text, b int PRIMARY KEY CHECK (b > 0))");
    assertThat(fixture.tableProbe(Alter.column("t", "a").type("int").done()).objects()).isEmpty();
  }

  @Test
  void anIndexThatDoesNotFitTheNewTypeIsRejected() throws SQLException {
    fixture.reset("CREATE TABLE t (a text); CREATE INDEX i ON t (lower(a))");
    TableProbe probe = fixture.tableProbe(Alter.column("t", "a").type("int").done());
    assertThat(
            rejection(
                probe.object(ObjectKind.INDEX, new Identifier("i")).orElseThrow().definition()))
        .isEqualTo("42883 function lower(integer) does not exist");
  }

  @Test
  void aCheckIsPrintedOverProbesAndProvenOnTheNewType() throws SQLException {
    fixture.reset(
        """
        CREATE TABLE t ("A b" int, b int, CONSTRAINT fits CHECK ("A b" > b),
          CONSTRAINT not_there CHECK ("A b"::text ~ 'gatefold_probe_1'));
        ALTER TABLE t ADD CONSTRAINT later CHECK ("A b" > 3) NOT VALID;
        """);
    TableProbe probe = fixture.tableProbe(Alter.column("t", "A b").type("bigint").done());
    assertThat(object(probe, ObjectKind.CONSTRAINT, "fits"))
        .isEqualTo("CHECK ((gatefold_probe_1 > b))");
    assertThat(object(probe, ObjectKind.CONSTRAINT, "later"))
        .isEqualTo("CHECK ((gatefold_probe_1 > 3)) NOT VALID");
    assertThat(probe.objects())
        .filteredOn(o -> o.name().value().equals("not_there"))
        .extracting(ObjectProbe::definition)
        .allMatch(definition -> rejection(definition).startsWith("0A000"));
    TableProbe bad = fixture.tableProbe(Alter.column("t", "A b").type("date").up("NULL").done());
    assertThat(
            rejection(
                bad.object(ObjectKind.CONSTRAINT, new Identifier("fits"))
                    .orElseThrow()
                    .definition()))
        .isEqualTo("42883 operator does not exist: date > integer");
  }

  @Test
  void aCompositeForeignKeyKeepsItsPairs() throws SQLException {
    fixture.reset(
        """
        CREATE TABLE up (x int, y int, PRIMARY KEY (x, y));
        CREATE TABLE t (a int, "B b" int, CONSTRAINT pair FOREIGN KEY ("B b", a)
          REFERENCES up (x, y) MATCH FULL ON DELETE SET NULL DEFERRABLE);
        """);
    TableProbe probe = fixture.tableProbe(Alter.column("t", "B b").to("c").type("bigint").done());
    assertThat(object(probe, ObjectKind.CONSTRAINT, "pair"))
        .isEqualTo(
            "FOREIGN KEY (gatefold_probe_2, \"a\") REFERENCES public.up(x, y)"
                + " MATCH FULL ON DELETE SET NULL DEFERRABLE");
    TableProbe bad = fixture.tableProbe(Alter.column("t", "B b").type("text").done());
    assertThat(rejection(bad.objects().get(0).definition()))
        .isEqualTo("42883 operator does not exist: text = integer");
  }

  @Test
  void aForeignKeyWithAListAfterSetNullIsRejected() throws SQLException {
    fixture.assumeAtLeast(15);
    fixture.reset(
        """
        CREATE TABLE up (x int, y int, PRIMARY KEY (x, y));
        CREATE TABLE t (a int, b int, CONSTRAINT pair FOREIGN KEY (a, b)
          REFERENCES up (x, y) ON DELETE SET NULL (b));
        """);
    TableProbe probe = fixture.tableProbe(Alter.column("t", "b").type("bigint").done());
    assertThat(rejection(probe.objects().get(0).definition())).startsWith("0A000");
  }
}
