package dev.gatefold.planner.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.schema.Table.Trait;
import dev.gatefold.planner.schema.UniqueKey;
import dev.gatefold.planner.schema.UniqueKey.KeyColumn;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys a table's rows can be visited along, best first. */
final class KeyCatalogTest {

  private static CatalogFixture fixture;

  @BeforeAll
  static void start() throws SQLException {
    fixture = new CatalogFixture();
  }

  @AfterAll
  static void stop() throws SQLException {
    fixture.close();
  }

  @Test
  void thePrimaryKeyComesFirstAndThenTheNarrowest() throws SQLException {
    fixture.reset(
        """
        CREATE TABLE t (
          a text NOT NULL, b int NOT NULL, c bigint NOT NULL, d uuid, PRIMARY KEY (d, a),
          CONSTRAINT wide UNIQUE (a, b), CONSTRAINT middle UNIQUE (c), CONSTRAINT small UNIQUE (b));
        """);
    assertThat(keys())
        .extracting(UniqueKey::words)
        .containsExactly(
            "the primary key (d, a)",
            "the unique index small (b)",
            "the unique index middle (c)",
            "the unique index wide (a, b)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE UNIQUE INDEX ON t (nullable)",
        "CREATE UNIQUE INDEX ON t (nullable, a)",
        "CREATE UNIQUE INDEX ON t (a) WHERE a > 0",
        "CREATE UNIQUE INDEX ON t ((a + 1))",
        "CREATE UNIQUE INDEX ON t (a, (a + 1))",
        "CREATE INDEX ON t (a)",
        "ALTER TABLE t ADD UNIQUE (a) DEFERRABLE",
        "CREATE UNIQUE INDEX ON t (b text_pattern_ops)",
        "CREATE UNIQUE INDEX ON t (b COLLATE \"C\")",
        "CREATE UNIQUE INDEX ON t (a, b DESC)",
        "CREATE UNIQUE INDEX ON t (made)",
        "ALTER TABLE t ADD EXCLUDE (a WITH =)",
        "CREATE UNIQUE INDEX i ON t (a);"
            + "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i'::regclass",
      })
  void whatHasNotOnePlaceForEachRowIsNoKey(String index) throws SQLException {
    fixture.reset(
        """
        CREATE TABLE t (
          a int NOT NULL, b text NOT NULL, nullable int,
          made int GENERATED ALWAYS AS (1) STORED NOT NULL);
        """
            + index);
    assertThat(keys()).isEmpty();
  }

  @Test
  void aNotNullThatWasNeverValidatedIsNone() throws SQLException {
    fixture.reset("CREATE TABLE t (a int UNIQUE)");
    assertThat(keys()).isEmpty();
    if (fixture.isAtLeast(18)) {
      // Older servers know NOT NULL as a mark of the column only, which is always true.
      fixture.execute("ALTER TABLE t ADD CONSTRAINT n NOT NULL a NOT VALID");
      assertThat(keys()).isEmpty();
      fixture.execute("ALTER TABLE t VALIDATE CONSTRAINT n");
    } else {
      fixture.execute("ALTER TABLE t ALTER COLUMN a SET NOT NULL");
    }
    assertThat(keys()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "a, false",
    "a DESC, false",
    "a NULLS FIRST, true",
    "a DESC NULLS LAST, true",
  })
  void theOrderOfAnIndexIsKnown(String column, boolean nullsFirst) throws SQLException {
    fixture.reset(
        "CREATE TABLE t (a int NOT NULL, b text); CREATE UNIQUE INDEX i ON t (%s) INCLUDE (b)"
            .formatted(column));
    assertThat(keys())
        .singleElement()
        .satisfies(
            key ->
                assertThat(key.columns())
                    .extracting(KeyColumn::nullsFirst)
                    .containsExactly(nullsFirst));
  }

  @ParameterizedTest
  @CsvSource({
    "'', false",
    "CREATE PUBLICATION p FOR TABLE t, true",
    "CREATE PUBLICATION p FOR ALL TABLES, true",
    "CREATE PUBLICATION p FOR TABLE t WITH (publish = 'insert'), false",
    "ALTER TABLE t REPLICA IDENTITY FULL; CREATE PUBLICATION p FOR TABLE t, false",
    "ALTER TABLE t ADD PRIMARY KEY (a); CREATE PUBLICATION p FOR TABLE t, false",
    "ALTER TABLE t ADD PRIMARY KEY (a); ALTER TABLE t REPLICA IDENTITY NOTHING; CREATE PUBLICATION p FOR TABLE t, true",
    "ALTER TABLE t REPLICA IDENTITY USING INDEX i; CREATE PUBLICATION p FOR TABLE t, false",
    "ALTER TABLE t REPLICA IDENTITY USING INDEX i; DROP INDEX i; CREATE PUBLICATION p FOR TABLE t, true",
  })
  void aPublishedTableWithoutReplicaIdentityIsKnown(String sql, boolean without)
      throws SQLException {
    fixture.reset(
        "DROP PUBLICATION IF EXISTS p;"
            + "CREATE TABLE t (a int NOT NULL); CREATE UNIQUE INDEX i ON t (a);"
            + "INSERT INTO t VALUES (1);"
            + sql);
    try {
      assertThat(fixture.table("t").traits().contains(Trait.WITHOUT_IDENTITY)).isEqualTo(without);
      assertThat(refusesUpdates()).isEqualTo(without);
    } finally {
      fixture.execute("DROP PUBLICATION IF EXISTS p");
    }
  }

  private static boolean refusesUpdates() {
    try {
      fixture.execute("UPDATE t SET a = 2");
      return false;
    } catch (SQLException e) {
      assertThat(e.getMessage()).contains("replica identity");
      return true;
    }
  }

  private static List<UniqueKey> keys() throws SQLException {
    return fixture.table("t").keys();
  }
}
