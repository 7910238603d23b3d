package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.outcome.Summary;
import dev.gatefold.planner.plan.StageName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CreateTableTest {

  private static final String SCHEMA =
      """
      CREATE TABLE customer (id int PRIMARY KEY, region int NOT NULL, UNIQUE (region, id));
      INSERT INTO customer SELECT i, i % 3 FROM generate_series(1, 100) i;
      CREATE SCHEMA "Big One";
      CREATE TYPE "Big One".mood AS ENUM ('good', 'bad');
      CREATE FUNCTION public.tell() RETURNS text LANGUAGE sql AS $$ SELECT chr(65) $$;
      """;

  @Test
  void withAllThatATableHas() throws Exception {
    DirectCase.of(
            SCHEMA,
            """
        - create_table:
            table: orders
            columns:
              - {name: id, type: bigint, identity: always}
              - {name: line, type: serial}
              - {name: customer, type: int, nullable: false, check: customer > 0}
              - {name: region, type: int}
              - {name: mood, type: '"Big One".mood', default: "'good'"}
              - {name: said, type: varchar(20), default: tell(), collation: '"C"', comment: it's said}
              - {name: total, type: "numeric(12,2)", default: "0"}
              - {name: twice, type: numeric, generated: total * 2}
              - {name: during, type: int4range}
            primary_key: [id]
            constraints:
              - {name: sane, check: total >= 0}
              - {name: once, unique: [customer, line], deferrable: initially_deferred}
              - {name: of_customer, foreign_key: {columns: [region, customer], references: customer,
                                                  referenced_columns: [region, id], on_delete: cascade}}
              - {name: apart, exclude: {using: gist, elements: [during WITH &&]}}
            indexes:
              - {name: orders_low, columns: [lower(said)], where: total > 1}
            comment: what they want
        """)
        .equals(
            """
        CREATE TABLE orders (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, line serial,
          customer int NOT NULL CHECK (customer > 0), region int,
          mood "Big One".mood DEFAULT 'good', said varchar(20) COLLATE "C" DEFAULT tell(),
          total numeric(12,2) DEFAULT 0, twice numeric GENERATED ALWAYS AS (total * 2) STORED,
          during int4range,
          CONSTRAINT sane CHECK (total >= 0),
          CONSTRAINT once UNIQUE (customer, line) DEFERRABLE INITIALLY DEFERRED,
          CONSTRAINT of_customer FOREIGN KEY (region, customer) REFERENCES customer (region, id) ON DELETE CASCADE,
          CONSTRAINT apart EXCLUDE USING gist (during WITH &&));
        CREATE INDEX orders_low ON orders (lower(said)) WHERE total > 1;
        COMMENT ON TABLE orders IS 'what they want';
        COMMENT ON COLUMN orders.said IS 'it''s said';
        """);
  }

  @Test
  void laterOperationsBuildOnIt() throws Exception {
    DirectCase.of(
            SCHEMA,
            """
        - create_table: {table: region, columns: [{name: id, type: int}], primary_key: [id], unlogged: false}
        - create_table: {table: place, columns: [{name: id, type: int}, {name: region, type: int}]}
        - add_constraint: {table: place, name: place_pkey, primary_key: [id]}
        - add_constraint: {table: place, name: of_region, foreign_key: {columns: [region], references: region}}
        - create_index: {table: place, name: place_region, columns: [region]}
        - add_constraint: {table: place, name: sane, check: id > 0}
        """)
        .equals(
            """
        CREATE TABLE region (id int PRIMARY KEY);
        CREATE TABLE place (id int PRIMARY KEY, region int CONSTRAINT of_region REFERENCES region,
                            CONSTRAINT sane CHECK (id > 0));
        CREATE INDEX place_region ON place (region);
        """);
  }

  @Test
  void partitioned() throws Exception {
    DirectCase.of(
            SCHEMA,
            """
        - create_table:
            table: '"Big One".events'
            columns: [{name: id, type: bigint}, {name: at, type: timestamptz}]
            primary_key: [id, at]
            partition_by: range (at)
            indexes: [{name: events_at, columns: [at DESC]}]
        """)
        .equals(
            """
        CREATE TABLE "Big One".events (id bigint, at timestamptz, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
        CREATE INDEX events_at ON "Big One".events (at DESC);
        """);
  }

  @Test
  void theLongestNames() throws Exception {
    String name = "n".repeat(63);
    DirectCase.of(
            SCHEMA,
            """
        - create_table:
            table: %1$s
            columns: [{name: c%2$s, type: serial, check: c%2$s > 0}]
            primary_key: [c%2$s]
        """
                .formatted(name, "c".repeat(62)))
        .equals(
            "CREATE TABLE %1$s (c%2$s serial CHECK (c%2$s > 0), PRIMARY KEY (c%2$s))"
                .formatted(name, "c".repeat(62)));
  }

  @Test
  void aNameMustBeFree() throws Exception {
    assertThat(
            DirectCase.of(
                    SCHEMA + "CREATE SEQUENCE taken; CREATE TYPE word AS ENUM ();",
                    """
                - create_table: {table: customer, columns: [{name: id, type: int}]}
                - create_table: {table: taken, columns: [{name: id, type: int}]}
                - create_table: {table: word, columns: [{name: id, type: int}]}
                - create_table: {table: nowhere.orders, columns: [{name: id, type: int}]}
                - create_table: {table: bad, columns: [{name: id, type: "int); DROP TABLE customer"}]}
                """)
                .refusals())
        .containsExactly(
            "name-taken: public.customer: there is a table or view of that name already",
            "server-refuses: public.taken: the server says: there is a relation public.taken already",
            "server-refuses: public.word: the server says: there is a type public.word already",
            "server-refuses: nowhere.orders: the server says: there is no schema nowhere",
            "server-refuses: public.bad: the server says: unbalanced quotes, comments or brackets");
  }

  @Test
  void theUndoLosesNoRow() throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      journey.submitted(
          """
          change: direct
          operations:
            - create_table:
                table: place
                columns: [{name: id, type: int}, {name: customer, type: int}]
                constraints:
                  - {name: of_customer, foreign_key: {columns: [customer], references: customer}}
          """);
      assertThat(journey.promote("direct", StageName.EXPAND)).isInstanceOf(Outcome.Done.class);
      journey.database().execute("INSERT INTO place VALUES (1, 1)");
      assertThat(Summary.of(journey.rollback("direct", Optional.empty())).message())
          .contains("table public.place has rows, which would be lost with it");
      assertThat(
              journey
                  .database()
                  .queryLines("SELECT conname FROM pg_constraint WHERE conname = 'of_customer'"))
          .containsExactly("of_customer");
      journey.database().execute("TRUNCATE place");
      assertThat(journey.rollback("direct", Optional.empty())).isInstanceOf(Outcome.Done.class);
      assertThat(journey.database().queryLines("SELECT to_regclass('place') IS NULL"))
          .containsExactly("t");
    }
  }
}
