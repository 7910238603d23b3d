package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.trial.Version;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RenameTableTest {

  private static final String SCHEMA =
      """
      CREATE SCHEMA "Other One";
      CREATE TABLE customer (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, line serial, "Full Name" text NOT NULL DEFAULT 'x',
        twice int GENERATED ALWAYS AS (line * 2) STORED, CONSTRAINT sane CHECK (line > 0));
      CREATE INDEX customer_name ON customer (lower("Full Name"));
      CREATE TABLE orders (id int PRIMARY KEY, customer bigint REFERENCES customer);
      CREATE VIEW names AS SELECT "Full Name" FROM customer;
      COMMENT ON TABLE customer IS 'who''s who';
      COMMENT ON COLUMN customer.line IS 'in line';
      GRANT SELECT, INSERT ON customer TO pg_monitor WITH GRANT OPTION;
      GRANT UPDATE ("Full Name") ON customer TO PUBLIC;
      INSERT INTO customer ("Full Name") SELECT 'n' || i FROM generate_series(1, 100) i;
      """;

  private static long write(Connection connection, Version version, RolloutState state)
      throws SQLException {
    String table = version == Version.OLD ? "customer" : "buyer";
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          WITH made AS (INSERT INTO %1$s ("Full Name") VALUES ('%2$s') RETURNING id)
          UPDATE %1$s SET "Full Name" = "Full Name" || '!' WHERE id = (SELECT max(id) - 1 FROM made)"""
              .formatted(table, state.word().toLowerCase(Locale.ROOT)));
      statement.execute(
          "INSERT INTO %s (id, \"Full Name\") OVERRIDING SYSTEM VALUE VALUES (1, 'one') ON CONFLICT (id) DO UPDATE SET \"Full Name\" = EXCLUDED.\"Full Name\""
              .formatted(table));
      return 2;
    }
  }

  @Test
  void bothNamesWorkMeanwhile() throws Exception {
    DirectCase.of(SCHEMA, "- rename_table: {table: customer, to: buyer}")
        .among(RenameTableTest::write)
        .equals("ALTER TABLE customer RENAME TO buyer");
  }

  @Test
  void toAnotherSchemaThatHasATableOfTheOldName() throws Exception {
    String taken = SCHEMA + "CREATE TABLE \"Other One\".customer (); CREATE TABLE buyer ();";
    DirectCase.of(taken, "- rename_table: {table: customer, to: '\"Other One\".buyer'}")
        .equals(
            """
            ALTER TABLE customer RENAME TO between;
            ALTER TABLE between SET SCHEMA "Other One";
            ALTER TABLE "Other One".between RENAME TO buyer;
            """);
  }

  @Test
  void toAnotherSchemaUnderItsName() throws Exception {
    DirectCase.of(SCHEMA, "- rename_table: {table: customer, to: '\"Other One\".customer'}")
        .equals("ALTER TABLE customer SET SCHEMA \"Other One\"");
  }

  @Test
  void partitionedAndOfTheLongestName() throws Exception {
    String name = "\"" + "N".repeat(63) + "\"";
    DirectCase.of(
            """
            CREATE TABLE events (id int, PRIMARY KEY (id)) PARTITION BY RANGE (id);
            CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (1000);
            INSERT INTO events SELECT i FROM generate_series(1, 100) i;
            """,
            "- rename_table: {table: events, to: '%s'}".formatted(name))
        .equals("ALTER TABLE events RENAME TO " + name);
  }

  @Test
  void namesWhoFailsLater() throws Exception {
    try (Journey journey =
        Journey.on(
            SCHEMA
                + "CREATE FUNCTION count_them() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM customer'")) {
      journey.submitted(
          "change: direct\noperations: [{rename_table: {table: customer, to: buyer}}]");
      assertThat(journey.rollout("direct").plan().hazards())
          .anyMatch(
              hazard ->
                  hazard.code().equals("function-names-table")
                      && hazard.message().contains("count_them()"));
    }
  }

  @Test
  void theNameMustBeFreeAndPoliciesMustHold() throws Exception {
    assertThat(DirectCase.of(SCHEMA, "- rename_table: {table: customer, to: names}").refusals())
        .containsExactly(
            "server-refuses: public.names: the server says: there is a relation public.names already");
    DirectCase secured =
        DirectCase.of(
            SCHEMA + "ALTER TABLE customer ENABLE ROW LEVEL SECURITY",
            "- rename_table: {table: customer, to: buyer}");
    if (version() < 15) {
      assertThat(secured.refusals()).first().asString().startsWith("view-passes-policies");
    } else {
      secured.run();
    }
  }

  private static int version() throws SQLException {
    try (TestDatabase database = TestDatabase.create();
        Connection connection = database.connect()) {
      return connection.getMetaData().getDatabaseMajorVersion();
    }
  }
}
