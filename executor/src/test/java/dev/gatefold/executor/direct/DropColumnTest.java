package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.trial.Version;
import dev.gatefold.executor.trial.Writer;
import dev.gatefold.planner.plan.StageName;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DropColumnTest {

  private static final String SCHEMA =
      """
      CREATE TABLE customer (id int PRIMARY KEY);
      INSERT INTO customer SELECT generate_series(1, 100);
      CREATE TABLE orders (id int PRIMARY KEY, total int NOT NULL, note text, code text UNIQUE,
                           "Büyer ""x" int NOT NULL REFERENCES customer,
                           state text NOT NULL DEFAULT 'new');
      COMMENT ON COLUMN orders.total IS 'in cents';
      CREATE INDEX by_total ON orders (total);
      CREATE INDEX by_buyer ON orders ("Büyer ""x", id);
      ALTER TABLE orders ADD CONSTRAINT sane CHECK (total >= 0);
      INSERT INTO orders SELECT i, i * 10, 'n' || i, 'c' || i, i FROM generate_series(1, 100) i;
      """;

  /** The old ones write all columns, the new ones none of those that go. */
  private static Writer writing(String gone) {
    return (connection, version, state) -> {
      String columns = "id, total, note, \"Büyer \"\"x\"";
      String values = "max(id) + 1, 7, 'n', 1";
      if (version == Version.NEW) {
        int at = List.of(columns.split(", ")).indexOf(gone);
        columns = without(columns, at);
        values = without(values, at);
      }
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "INSERT INTO orders (%s) SELECT %s FROM orders".formatted(columns, values));
        return 1;
      }
    };
  }

  private static String without(String list, int at) {
    List<String> parts = new ArrayList<>(List.of(list.split(", ")));
    parts.remove(at);
    return String.join(", ", parts);
  }

  @Test
  void nullable() throws Exception {
    DirectCase.of(SCHEMA, "- drop_column: {table: orders, column: note}")
        .among(writing("note"))
        .equals("ALTER TABLE orders DROP COLUMN note");
  }

  @Test
  void withADefault() throws Exception {
    DirectCase.of(SCHEMA, "- drop_column: {table: orders, column: state}")
        .equals("ALTER TABLE orders DROP COLUMN state");
  }

  @Test
  void notNullWithAConstant() throws Exception {
    DirectCase.of(SCHEMA, "- drop_column: {table: orders, column: total, down: 0}")
        .among(writing("total"))
        .equals("ALTER TABLE orders DROP COLUMN total");
  }

  @Test
  void notNullWithAnExpressionAndAnotherDefault() throws Exception {
    DirectCase.of(
            SCHEMA,
            """
            - drop_column: {table: orders, column: total, down: id * 2}
            - drop_column: {table: orders, column: state, down: "'old ' || id"}
            """)
        .among(writing("total"))
        .equals("ALTER TABLE orders DROP COLUMN total, DROP COLUMN state");
  }

  @Test
  void notNullWithoutAnything() throws Exception {
    DirectCase.of(SCHEMA, "- drop_column: {table: orders, column: total}")
        .equals("ALTER TABLE orders DROP COLUMN total");
  }

  @Test
  void referring() throws Exception {
    DirectCase.of(SCHEMA, "- drop_column: {table: orders, column: '\"Büyer \"\"x\"', down: '1'}")
        .among(writing("\"Büyer \"\"x\""))
        .equals("ALTER TABLE orders DROP COLUMN \"Büyer \"\"x\"");
  }

  @Test
  void uniqueBySerial() throws Exception {
    DirectCase.of(
            SCHEMA + "CREATE TABLE log (id bigserial PRIMARY KEY, n serial UNIQUE, t text);",
            "- drop_column: {table: log, column: n}\n- drop_column: {table: orders, column: code}")
        .equals("ALTER TABLE log DROP COLUMN n; ALTER TABLE orders DROP COLUMN code");
  }

  @Test
  void partitioned() throws Exception {
    DirectCase.of(
            """
            CREATE TABLE orders (id int PRIMARY KEY, total int NOT NULL, note text)
            PARTITION BY RANGE (id);
            CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (50);
            CREATE TABLE orders_2 PARTITION OF orders FOR VALUES FROM (50) TO (500);
            CREATE INDEX by_total ON orders (total);
            COMMENT ON COLUMN orders_1.total IS 'of the first';
            INSERT INTO orders SELECT i, i * 10 FROM generate_series(1, 100) i;
            """,
            "- drop_column: {table: orders, column: total, down: id}")
        .equals("ALTER TABLE orders DROP COLUMN total");
  }

  @Test
  void whatOldApplicationsFind() throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      journey.submitted(change("total, down: id * 2"));
      journey.promoted("c", StageName.EXPAND);
      journey.sql("INSERT INTO orders (id, \"Büyer \"\"x\") VALUES (101, 1)");
      journey.sql("INSERT INTO orders (id, \"Büyer \"\"x\", total) VALUES (102, 1, 5)");
      assertThat(journey.promote("c", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
      journey.sql("INSERT INTO orders (id, \"Büyer \"\"x\") VALUES (103, 1)");
      assertThat(journey.rollback("c", Optional.of(RolloutState.EXPANDED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT total FROM orders WHERE id > 100 ORDER BY id"))
          .containsExactly("202", "5", "206");
    }
  }

  @Test
  void rowsWithoutAValueKeepItFromComingBack() throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      journey.submitted(change("total"));
      journey.promoted("c", StageName.EXPAND);
      journey.sql("INSERT INTO orders (id, \"Büyer \"\"x\") VALUES (101, 1)");
      assertThat(journey.rollback("c", Optional.empty()).toString()).contains("101");
      journey.sql("UPDATE orders SET total = 1 WHERE total IS NULL");
      assertThat(journey.rollback("c", Optional.empty())).isInstanceOf(Outcome.Done.class);
    }
  }

  @Test
  void whatWouldTakeOthersAlongIsRefused() throws Exception {
    assertRefused("id", "", "primary-key");
    assertRefused("note", "CREATE VIEW v AS SELECT note FROM orders", "view public.v");
    assertRefused("note", "ALTER TABLE orders ADD UNIQUE (note, id)", "key-of-several");
    assertRefused("note", "CREATE UNIQUE INDEX u ON orders (note, id)", "key-of-several");
    assertRefused("note", "CREATE STATISTICS s ON note, id FROM orders", "statistics public.s");
    assertRefused(
        "total",
        "ALTER TABLE orders ADD twice int GENERATED ALWAYS AS (total * 2) STORED",
        "generated column twice");
    assertRefused(
        "total", "CREATE POLICY p ON orders USING (total > 0)", "policy p on public.orders");
    assertRefused(
        "code", "CREATE TABLE bill (code text REFERENCES orders (code))", "refers to the column");
    assertRefused("nope", "", "no-column");
  }

  @Test
  void whatCameToReadItSinceIsRefusedToo() throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      journey.submitted(change("note"));
      journey.sql("CREATE VIEW v AS SELECT note FROM orders");
      assertThat(journey.promote("c", StageName.RETIRE)).isNotInstanceOf(Outcome.Done.class);
      journey.sql("DROP VIEW v");
      assertThat(journey.promote("c", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
      journey.sql(
          "DO $$ BEGIN EXECUTE (SELECT format('CREATE VIEW v AS SELECT %I FROM orders', attname)"
              + " FROM pg_attribute WHERE attrelid = 'orders'::regclass"
              + " AND attname LIKE 'gatefold%'); END $$");
      assertThat(journey.promote("c", StageName.DROP)).isNotInstanceOf(Outcome.Done.class);
      journey.sql("DROP VIEW v");
      assertThat(journey.promote("c", StageName.DROP)).isInstanceOf(Outcome.Done.class);
    }
  }

  private static String change(String column) {
    return "change: c\noperations: [{drop_column: {table: orders, column: " + column + "}}]";
  }

  private static void assertRefused(String column, String ddl, String words) throws Exception {
    try (Journey journey = Journey.on(SCHEMA + ddl)) {
      assertThat(journey.submit(change(column)).toString()).contains(words);
    }
  }
}
