package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.trial.Finding;
import dev.gatefold.executor.trial.Proof;
import dev.gatefold.planner.plan.StageName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RawSqlTest {

  private static final String SCHEMA =
      """
      CREATE TABLE orders (id int PRIMARY KEY, note text);
      INSERT INTO orders SELECT i, 'n' || i FROM generate_series(1, 100) i;
      """;

  @Test
  void thereAndBackInATransaction() throws Exception {
    DirectCase.of(
            SCHEMA,
            """
            - sql:
                up:
                  - ALTER TABLE orders SET (fillfactor = 80);
                  - CREATE FUNCTION tell() RETURNS text LANGUAGE sql AS $$ SELECT 'a;b' $$
                down: [DROP FUNCTION tell(), ALTER TABLE orders RESET (fillfactor)]
                lock: SHARE UPDATE EXCLUSIVE
                tables: [orders]
            - sql: {up: ALTER TABLE orders SET (autovacuum_enabled = off),
                    down: ALTER TABLE orders RESET (autovacuum_enabled),
                    lock: share update exclusive, tables: [orders], stage: retire}
            - sql: {up: DROP FUNCTION tell(), lock: access share, stage: drop}
            """)
        .equals("ALTER TABLE orders SET (fillfactor = 80, autovacuum_enabled = off)");
  }

  @Test
  void outsideATransaction() throws Exception {
    DirectCase.of(
            SCHEMA,
            """
            - sql:
                up: CREATE INDEX CONCURRENTLY orders_note ON orders (note)
                down: DROP INDEX CONCURRENTLY IF EXISTS orders_note
                done: SELECT to_regclass('public.orders_note') IS NOT NULL
                transaction: false
                lock: share update exclusive
                tables: [orders]
            """)
        .equals("CREATE INDEX orders_note ON orders (note)");
  }

  @Test
  void onATableThatTheChangeMakes() throws Exception {
    DirectCase.of(
            SCHEMA,
            """
            - create_table: {table: events, columns: [{name: id, type: int}], partition_by: range (id)}
            - sql: {up: CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (10),
                    down: DROP TABLE events_1, lock: access exclusive, tables: [events]}
            """)
        .equals(
            """
            CREATE TABLE events (id int) PARTITION BY RANGE (id);
            CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (10);
            """);
  }

  @Test
  void theTrialTellsAWrongWord() throws Exception {
    assertThat(
            Proof.of(
                    SCHEMA,
                    """
                    change: direct
                    operations:
                      - sql: {up: ALTER TABLE orders ADD COLUMN more int,
                              down: ALTER TABLE orders DROP COLUMN more, lock: share update exclusive, tables: [orders]}
                    """)
                .findings())
        .extracting(Finding::message)
        .contains(
            "it takes ACCESS EXCLUSIVE on public.orders, but declares SHARE UPDATE EXCLUSIVE");
  }

  @Test
  void withoutAWayBackItIsAPointOfNoReturn() throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      journey.submitted(
          """
          change: direct
          operations: [{sql: {up: "UPDATE orders SET note = NULL WHERE id = 1", lock: exclusive, tables: [orders]}}]
          """);
      assertThat(journey.rollout("direct").plan().hazards())
          .extracting(hazard -> hazard.code())
          .contains("unproven-sql");
      assertThat(journey.promote("direct", StageName.EXPAND)).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rollback("direct", Optional.empty()))
          .isInstanceOf(Outcome.OutOfOrder.class);
    }
  }

  @Test
  void whatCannotRunIsRefused() throws Exception {
    assertThat(
            DirectCase.of(
                    SCHEMA,
                    """
                    - sql: {up: "SELECT 1; SELECT 2", lock: access share}
                    - sql: {up: "LOCK nowhere", lock: access share, tables: [nowhere]}
                    """)
                .refusals())
        .hasSize(2)
        .anyMatch(reason -> reason.contains("semicolon"))
        .anyMatch(reason -> reason.startsWith("no-table: public.nowhere"));
    assertThat(
            DirectCase.of(
                    SCHEMA,
                    """
                    - sql: {up: ANALYZE orders, lock: access share}
                    - sql: {up: ANALYZE orders, lock: access share}
                    """)
                .refusals())
        .first()
        .asString()
        .startsWith("named-twice");
    assertThatThrownBy(
            () -> DirectCase.of(SCHEMA, "- sql: {up: COMMIT, lock: access share}").refusals())
        .hasMessageContaining("COMMIT is not allowed");
    assertThatThrownBy(
            () ->
                DirectCase.of(SCHEMA, "- sql: {up: VACUUM orders, lock: share, transaction: false}")
                    .refusals())
        .hasMessageContaining("wants \"done\" beside it");
  }
}
