package dev.gatefold.planner.catalog;

import static dev.gatefold.planner.catalog.CatalogFixture.accepted;
import static dev.gatefold.planner.catalog.CatalogFixture.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.change.Operation.DefaultChange;
import dev.gatefold.planner.change.Operation.RenameColumn;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.TableProbe;
import dev.gatefold.planner.schema.TableProbe.ColumnProbe;
import dev.gatefold.planner.schema.TableProbe.MappingProbe;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MappingProbeTest {

  private static CatalogFixture fixture;

  @BeforeAll
  static void start() throws SQLException {
    fixture = new CatalogFixture();
    fixture.reset(
        """
        CREATE TYPE mood AS ENUM ('good', 'bad');
        CREATE DOMAIN short AS varchar(3);
        CREATE TABLE t (
          id bigint PRIMARY KEY,
          "Total.Due x" bigint NOT NULL DEFAULT 0,
          note text,
          code varchar(10),
          amount numeric(12,2) DEFAULT 1.5,
          at timestamp,
          flags bit(3),
          tags varchar(5)[],
          m mood DEFAULT 'good',
          small smallint);
        """);
  }

  @AfterAll
  static void stop() throws SQLException {
    fixture.close();
  }

  private static Alter total() {
    return Alter.column("t", "Total.Due x");
  }

  @Test
  void anExpressionIsPrintedOverProbesAndAssigned() throws SQLException {
    ColumnProbe probe =
        fixture.probe(
            total()
                .to("total")
                .type("numeric(12,2)")
                .up("\"Total.Due x\" / 100.0 -- cents\n")
                .down("(total * 100)::bigint"));
    MappingProbe up = accepted(probe.up());
    assertThat(up.value().text())
        .isEqualTo("(((gatefold_row.gatefold_probe_2)::numeric / 100.0))::numeric(12,2)");
    assertThat(up.value().with(n -> "NEW.c" + n))
        .isEqualTo("(((NEW.c2)::numeric / 100.0))::numeric(12,2)");
    assertThat(up).extracting(MappingProbe::plain, MappingProbe::exact).containsOnly(false);
    assertThat(up.readsOwn()).isTrue();
    assertThat(up.readsOther()).isEmpty();
    assertThat(up.steady()).isTrue();
    assertThat(up.nullForNull()).isTrue();
    assertThat(accepted(probe.down()).value().text())
        .isEqualTo("(((gatefold_row.gatefold_probe_2 * (100)::numeric))::bigint)::bigint");
    assertThat(accepted(probe.type()).sql()).isEqualTo("numeric(12,2)");
  }

  @Test
  void aRenameIsTheBareColumnBothWays() throws SQLException {
    TableProbe probe =
        fixture.tableProbe(
            new RenameColumn(
                TableName.parse("t"), new Identifier("note"), new Identifier("Remark")));
    MappingProbe expected = accepted(probe.columns().get(0).up());
    assertThat(expected.value().text()).isEqualTo("gatefold_row.gatefold_probe_3");
    assertThat(expected.plain()).isTrue();
    assertThat(expected.infallible()).isTrue();
    assertThat(expected.exact()).isTrue();
    assertThat(accepted(probe.columns().get(0).down())).isEqualTo(expected);
    assertThat(probe.columns().get(0).inPlace()).isTrue();
  }

  @Test
  void twoColumnsCanTakeEachOthersName() throws SQLException {
    TableProbe probe =
        fixture.tableProbe(
            Alter.column("t", "note").to("code").down("code").done(),
            Alter.column("t", "code").to("note").down("note").done());
    assertThat(accepted(probe.columns().get(0).down()).value().text())
        .isEqualTo("gatefold_row.gatefold_probe_3");
    assertThat(accepted(probe.columns().get(1).down()).value().text())
        .isEqualTo("gatefold_row.gatefold_probe_4");
  }

  @Test
  void columnsThatAreReadBesideTheOwnAreNamed() throws SQLException {
    MappingProbe up =
        accepted(fixture.probe(Alter.column("t", "note").up("code || amount::text")).up());
    assertThat(up.readsOwn()).isFalse();
    assertThat(up.readsOther()).containsExactly("amount", "code");
    assertThat(up.value().text()).contains("gatefold_row.gatefold_probe_4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "total / 100 => 42703 column \"total\" does not exist",
        "now() || => 42601 syntax error at or near \")\"",
        "sum(amount) => 42803 aggregate functions are not allowed in column generation expressions",
        "(SELECT 1) => 0A000 cannot use subquery in column generation expression",
        "note); DROP TABLE t; -- => 42601 unbalanced quotes, comments or brackets",
        "note; SELECT 1 => 42601 a single expression is expected, but it contains a semicolon",
        "gatefold_row.note => 42939 names that begin with gatefold_ are reserved",
        "'x'::nothing => 42704 type \"nothing\" does not exist",
      })
  void anExpressionThatTheServerRefusesIsRejectedInItsWords(String up, String rejected)
      throws SQLException {
    assertThat(rejection(fixture.probe(Alter.column("t", "note").up(up)).up())).isEqualTo(rejected);
  }

  @Test
  void aValueThatCannotBeAssignedIsRejected() throws SQLException {
    assertThat(rejection(fixture.probe(Alter.column("t", "note").type("int").up("note")).up()))
        .startsWith("42804 column \"gatefold_generated\" is of type integer");
    assertThat(rejection(fixture.probe(Alter.column("t", "note").type("int").up("now()")).up()))
        .startsWith("42804 column \"note\" is of type integer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no_such_type", "int, ADD COLUMN x int", "int USING 3", "serial", ")"})
  void aTypeThatIsNoneIsRejected(String type) throws SQLException {
    ColumnProbe probe = fixture.probe(Alter.column("t", "note").type(type));
    assertThat(rejection(probe.type())).startsWith("42");
    assertThat(rejection(probe.up())).isEqualTo(rejection(probe.type()));
    assertThat(probe.inPlace()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"note || random()", "note || now()", "note || at", "note || current_user"})
  void aMappingThatDependsOnMoreThanTheRowIsNotSteady(String up) throws SQLException {
    assertThat(accepted(fixture.probe(Alter.column("t", "note").up(up)).up()).steady()).isFalse();
  }

  @Test
  void aCastThatDependsOnTheTimeZoneIsNotSteady() throws SQLException {
    ColumnProbe probe = fixture.probe(Alter.column("t", "at").type("timestamptz").down("at"));
    assertThat(accepted(probe.up()).steady()).isFalse();
    assertThat(accepted(probe.down()).steady()).isFalse();
    assertThat(probe.inPlace()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "note => true",
        "coalesce(note, 'none') => false",
        "note || 'x' => true",
        "CASE WHEN note IS NULL THEN '' END => false",
        "nullif(coalesce(note, ''), '') => true",
      })
  void tellsWhetherNullStaysNull(String up, boolean nullForNull) throws SQLException {
    assertThat(accepted(fixture.probe(Alter.column("t", "note").up(up)).up()).nullForNull())
        .isEqualTo(nullForNull);
  }

  @Test
  void askingAboutNullAdvancesNoSequence() throws SQLException {
    fixture.execute("CREATE SEQUENCE IF NOT EXISTS counter");
    MappingProbe up =
        accepted(fixture.probe(Alter.column("t", "note").up("nextval('counter')")).up());
    assertThat(up.nullForNull()).isFalse();
    assertThat(fixture.database().queryLines("SELECT is_called FROM counter")).containsExactly("f");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // column | new type | infallible up | exact up | exact down, or what is said against it
        "small | integer | true | true | true",
        "small | bigint | true | true | true",
        "Total.Due x | integer | false | true | true",
        "Total.Due x | numeric | true | true | GF000 no exact inverse is known",
        "Total.Due x | text | false | true | GF000 no exact inverse is known",
        "note | integer | false | false | true",
        "note | uuid | false | false | true",
        "note | numeric(12,2) | false | false | true",
        "note | boolean | false | false | true",
        "note | varchar | true | true | true",
        "note | date | false | false | GF000 no exact inverse is known",
        "code | varchar(20) | true | true | true",
        "code | text | true | true | true",
        "code | varchar(5) | false | false | true",
        "amount | numeric(14,2) | true | true | true",
        "amount | numeric(10,2) | false | true | true",
        "amount | numeric(14,3) | false | false | GF000 no exact inverse is known",
        "amount | integer | false | false | GF000 no exact inverse is known",
        "m | text | false | true | true",
      })
  void knowsWhichPlainCastsKeepEveryValue(
      String column, String type, boolean infallible, boolean exactUp, String down)
      throws SQLException {
    ColumnProbe probe = fixture.probe(Alter.column("t", column).type(type));
    MappingProbe up = accepted(probe.up());
    assertThat(up.plain()).isTrue();
    assertThat(up.infallible()).isEqualTo(infallible);
    assertThat(up.exact()).isEqualTo(exactUp);
    assertThat(probe.down().<String>match(m -> "" + m.exact(), r -> rejection(probe.down())))
        .isEqualTo(down);
  }

  @Test
  void withAnUpOfItsOwnNoInverseIsGuessed() throws SQLException {
    assertThat(rejection(fixture.probe(Alter.column("t", "small").up("small * 2")).down()))
        .isEqualTo("GF000 no exact inverse is known");
  }

  @ParameterizedTest
  @ValueSource(strings = {"note::integer", "CAST ( t_note AS int4 )", "note::int4::integer"})
  void aWrittenCastIsAsPlainAsNone(String up) throws SQLException {
    String text = up.replace("t_note", "note");
    assertThat(accepted(fixture.probe(Alter.column("t", "note").type("int").up(text)).up()).plain())
        .isTrue();
  }

  @Test
  void aWrittenCutIsNotPlain() throws SQLException {
    ColumnProbe probe =
        fixture.probe(Alter.column("t", "note").type("varchar(3)").up("note::varchar(3)"));
    assertThat(accepted(probe.up()).plain()).isFalse();
  }

  @Test
  void downIsTriedOnTheRealType() throws SQLException {
    ColumnProbe probe =
        fixture.probe(total().to("x").type("text").up("\"Total.Due x\"::text").down("x"));
    assertThat(rejection(probe.down())).startsWith("42804");
    assertThat(
            rejection(fixture.probe(total().to("x").type("text").down("\"Total.Due x\"")).down()))
        .isEqualTo("42703 column \"Total.Due x\" does not exist");
  }

  @ParameterizedTest
  @CsvSource({
    "flags, bit varying",
    "tags, text",
    "note, bit(4)",
    "note, short",
    "note, varchar(2)[]"
  })
  void typesWhoseCastsCutSilentlyAreRejected(String column, String type) throws SQLException {
    ColumnProbe probe = fixture.probe(Alter.column("t", column).type(type).down("NULL"));
    assertThat(rejection(probe.up()) + rejection(probe.down()))
        .contains("0A000 the type ", "is not supported yet");
  }

  @Test
  void defaultsArePrintedForTheNewType() throws SQLException {
    assertThat(accepted(fixture.probe(total().type("numeric(12,2)").defaultTo("0")).newDefault()))
        .contains("0");
    assertThat(accepted(fixture.probe(total().type("numeric(12,2)")).newDefault())).contains("0");
    assertThat(accepted(fixture.probe(Alter.column("t", "note").defaultTo("now()")).newDefault()))
        .contains("now()");
    assertThat(accepted(fixture.probe(Alter.column("t", "m").defaultTo("'bad'")).newDefault()))
        .contains("'bad'::public.mood");
    assertThat(accepted(fixture.probe(total().defaultTo(new DefaultChange.Drop())).newDefault()))
        .isEqualTo(Optional.empty());
    assertThat(rejection(fixture.probe(total().defaultTo("note")).newDefault()))
        .startsWith("0A000 cannot use column reference in DEFAULT");
    assertThat(rejection(fixture.probe(Alter.column("t", "m").type("int").up("1")).newDefault()))
        .startsWith("42804");
  }

  @ParameterizedTest
  @CsvSource({
    "code, varchar(20), true",
    "code, text, true",
    "code, varchar(5), false",
    "note, varchar, true",
    "small, integer, false",
    "amount, 'numeric(14,2)', true",
    "amount, 'numeric(14,3)', false",
    "note, text, true",
  })
  void knowsWhichTypesChangeInPlace(String column, String type, boolean inPlace)
      throws SQLException {
    assertThat(fixture.probe(Alter.column("t", column).type(type)).inPlace()).isEqualTo(inPlace);
  }

  @Test
  void aCheckOrARebuiltIndexIsNotInPlace() throws SQLException {
    fixture.execute(
        """
        DROP TABLE IF EXISTS w;
        CREATE TABLE w (a varchar(5) CHECK (a <> ''), b varchar(5), c varchar(5), d varchar(5));
        CREATE INDEX ON w (lower(b));
        CREATE INDEX ON w (c);
        """);
    assertThat(fixture.probe(Alter.column("w", "a").type("text")).inPlace()).isFalse();
    assertThat(fixture.probe(Alter.column("w", "b").type("text")).inPlace()).isFalse();
    assertThat(fixture.probe(Alter.column("w", "c").type("text")).inPlace()).isTrue();
    assertThat(fixture.probe(Alter.column("w", "d").type("text")).inPlace()).isTrue();
  }

  @Test
  void aCollationOfItsOwnStays() throws SQLException {
    fixture.execute("DROP TABLE IF EXISTS k; CREATE TABLE k (a varchar(5) COLLATE \"C\");");
    ColumnProbe probe = fixture.probe(Alter.column("k", "a").type("text"));
    assertThat(accepted(probe.type()).collation()).contains("pg_catalog.\"C\"");
    assertThat(accepted(fixture.probe(Alter.column("k", "a").type("int")).type()).collation())
        .isEmpty();
  }
}
