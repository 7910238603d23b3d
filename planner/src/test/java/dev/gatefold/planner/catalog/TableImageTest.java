package dev.gatefold.planner.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TableImageTest {

  private static CatalogFixture fixture;

  @BeforeAll
  static void start() throws SQLException {
    fixture = new CatalogFixture();
  }

  @AfterAll
  static void stop() throws SQLException {
    fixture.close();
  }

  @BeforeEach
  void makeATableWithEverything() throws SQLException {
    fixture.reset(
        """
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TABLE up (x int, y int, PRIMARY KEY (x, y));
        CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int DEFAULT 3 UNIQUE,
          b int, g int GENERATED ALWAYS AS (b + 1) STORED, s serial,
          CONSTRAINT pair FOREIGN KEY (a, b) REFERENCES up, CONSTRAINT sane CHECK (a > 0));
        CREATE INDEX i ON t (b DESC) INCLUDE (a) WHERE b > 0;
        CREATE TABLE child (z int CONSTRAINT back REFERENCES t (a));
        CREATE TRIGGER stamp BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
        CREATE POLICY p ON t USING (a > 0);
        CREATE RULE r AS ON DELETE TO t WHERE OLD.a = 0 DO INSTEAD NOTHING;
        CREATE VIEW v AS SELECT a FROM t;
        CREATE STATISTICS st ON a, b FROM t;
        """);
  }

  private static List<String> image() throws SQLException {
    try (Connection connection = fixture.database().connect()) {
      return TableImage.read(connection, fixture.oid("t"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE t ALTER s TYPE bigint",
        "ALTER TABLE t ALTER b SET NOT NULL",
        "ALTER TABLE t ALTER a SET DEFAULT 4",
        "ALTER TABLE t ALTER id SET INCREMENT BY 2",
        "ALTER TABLE t ALTER g DROP EXPRESSION",
        "ALTER TABLE t ALTER a SET STATISTICS 77",
        "ALTER TABLE t ALTER a SET (n_distinct = 5)",
        "COMMENT ON COLUMN t.a IS 'x'",
        "COMMENT ON INDEX i IS 'x'",
        "COMMENT ON CONSTRAINT sane ON t IS 'x'",
        "COMMENT ON TABLE t IS 'x'",
        "GRANT SELECT (a) ON t TO PUBLIC",
        "GRANT SELECT ON t TO PUBLIC",
        "DROP INDEX i",
        "ALTER TABLE t CLUSTER ON t_pkey",
        "ALTER TABLE t REPLICA IDENTITY FULL",
        "ALTER TABLE t DROP CONSTRAINT sane",
        "ALTER TABLE t DROP CONSTRAINT pair",
        "ALTER TABLE t ALTER CONSTRAINT pair DEFERRABLE",
        "ALTER TABLE child DROP CONSTRAINT back",
        "ALTER TABLE t DISABLE TRIGGER stamp",
        "ALTER POLICY p ON t USING (a > 1)",
        "DROP RULE r ON t",
        "CREATE OR REPLACE VIEW v AS SELECT a, b FROM t",
        "GRANT SELECT ON v TO PUBLIC",
        "ALTER SEQUENCE t_s_seq INCREMENT BY 3",
        "ALTER STATISTICS st SET STATISTICS 9",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE t SET (fillfactor = 70)",
        "ALTER TABLE t ADD COLUMN more int",
        "CREATE TABLE heir () INHERITS (t)",
        "CREATE PUBLICATION few FOR TABLE t",
      })
  void anyChangeShows(String change) throws SQLException {
    List<String> before = image();
    try {
      fixture.execute(change);
      assertThat(image()).isNotEqualTo(before);
    } finally {
      fixture.execute("DROP PUBLICATION IF EXISTS few");
    }
  }

  @Test
  void theColumnsOfAPublicationShow() throws SQLException {
    fixture.assumeAtLeast(15);
    fixture.execute("CREATE PUBLICATION few FOR TABLE t (id)");
    List<String> before = image();
    fixture.execute("ALTER PUBLICATION few SET TABLE t (id, a)");
    try {
      assertThat(image())
          .isNotEqualTo(before)
          .contains("publication few {\"columns\": [\"a\", \"id\"]}");
    } finally {
      fixture.execute("DROP PUBLICATION few");
    }
  }

  @Test
  void rowsAndPositionsDoNotShow() throws SQLException {
    List<String> before = image();
    fixture.execute(
        """
        INSERT INTO t (a, b) VALUES (4, NULL);
        ALTER TABLE t ADD COLUMN later int;
        ALTER TABLE t DROP COLUMN later;
        DROP INDEX i;
        CREATE INDEX i ON t (b DESC) INCLUDE (a) WHERE b > 0;
        """);
    fixture.execute("VACUUM FULL t");
    assertThat(image()).isEqualTo(before);
  }

  @Test
  void aColumnMadeAgainElsewhereIsTheSame() throws SQLException {
    fixture.execute("CREATE TABLE w (a int, b text DEFAULT 'x' NOT NULL, c int)");
    List<String> before;
    List<String> after;
    try (Connection connection = fixture.database().connect();
        Statement statement = connection.createStatement()) {
      before = TableImage.read(connection, fixture.oid("w"));
      statement.execute(
          "ALTER TABLE w DROP COLUMN b; ALTER TABLE w ADD COLUMN b text DEFAULT 'x' NOT NULL");
      after = TableImage.read(connection, fixture.oid("w"));
    }
    assertThat(after).isEqualTo(before);
  }

  @Test
  void namesEverythingWithItsSchemaAndLeavesAnOpenTransactionAlone() throws SQLException {
    try (Connection connection = fixture.database().connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("CREATE TABLE mine (a int)");
      assertThat(TableImage.read(connection, fixture.oid("t")))
          .anyMatch(line -> line.startsWith("foreign key of public.child back {"))
          .anyMatch(line -> line.startsWith("index i {"))
          .anyMatch(line -> line.startsWith("view public.v {"));
      statement.execute("SELECT * FROM mine");
      connection.rollback();
    }
    assertThat(image()).isSorted();
  }

  @Test
  void noSuchTableHasNoLines() throws SQLException {
    try (Connection connection = fixture.database().connect()) {
      assertThat(TableImage.read(connection, 1)).isEmpty();
    }
  }
}
