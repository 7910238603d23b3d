package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.StageName;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Partitions are attached, made, detached and dropped while a change is under way. */
class PartitionsComeAndGoTest {

  private static final String TABLES =
      """
      CREATE TABLE orders (
        day int, id int, total int NOT NULL DEFAULT 0 CHECK (total >= 0),
        PRIMARY KEY (day, id), CONSTRAINT total_key UNIQUE (day, total))
      PARTITION BY RANGE (day);
      CREATE INDEX orders_total ON orders (total DESC);
      CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (10) TO (20);
      CREATE TABLE orders_2 PARTITION OF orders FOR VALUES FROM (20) TO (30);
      INSERT INTO orders SELECT 10 + i % 20, i, i FROM generate_series(1, 1000) i;
      """;

  private static final String CHANGE =
      """
      change: parts
      operations:
        - alter_column: {table: orders, column: total, type: bigint}
      """;

  private static final String OURS =
      """
      SELECT 'relation', relname FROM pg_class
      WHERE relname LIKE '%gatefold%' AND relnamespace = 'public'::regnamespace
      UNION ALL
      SELECT 'column', attrelid::regclass || '.' || attname
      FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
      WHERE attname LIKE '%gatefold%' AND NOT attisdropped AND c.relkind IN ('r', 'p', 'I')
      UNION ALL
      SELECT 'constraint', conname FROM pg_constraint
      WHERE conname LIKE '%gatefold%' AND conrelid <> 0
        AND contype <> 'n' AND connamespace = 'public'::regnamespace
      UNION ALL
      SELECT 'trigger', tgname FROM pg_trigger WHERE tgname LIKE '%gatefold%'
      UNION ALL
      SELECT 'function', proname FROM pg_proc WHERE proname LIKE 'sync_%'
      """;

  private static void makePartition(Journey journey, int number) throws Exception {
    journey.sql(
        """
        CREATE TABLE orders_%1$d PARTITION OF orders FOR VALUES FROM (%1$d0) TO (%1$d9);
        INSERT INTO orders (day, id, total) VALUES (%1$d1, 1, %1$d);
        """
            .formatted(number));
  }

  @ParameterizedTest
  @EnumSource(
      value = StageName.class,
      names = {"DROP", "RETIRE", "BACKFILL", "EXPAND"})
  void onesMadeMeanwhileAreNoReasonToStop(StageName last) throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(CHANGE);
      int number = 4;
      for (StageName stage : StageName.values()) {
        if (stage.compareTo(last) <= 0) {
          assertThat(journey.promote("parts", stage)).isInstanceOf(Outcome.Done.class);
          makePartition(journey, number++);
        }
      }
      journey.sql("DROP TABLE orders_2");
      if (last != StageName.DROP) {
        assertThat(journey.rollback("parts", Optional.of(RolloutState.PLANNED)))
            .isInstanceOf(Outcome.Done.class);
      }

      assertThat(journey.rows(OURS)).isEmpty();
      assertThat(journey.rows("SELECT id, total FROM orders WHERE day > 30 ORDER BY day"))
          .hasSize(number - 4)
          .allMatch(row -> row.startsWith("1|"));
      assertThat(
              journey.rows(
                  """
                  SELECT string_agg(DISTINCT array_to_string(ARRAY(
                    SELECT regexp_replace(pg_get_indexdef(x.indexrelid), '.* USING', '') FROM pg_index x
                    WHERE x.indrelid = t.relid ORDER BY 1), ';'), '!')
                  FROM pg_partition_tree('orders') t"""))
          .containsExactly(" btree (day, id); btree (day, total); btree (total DESC)");
    }
  }

  @Test
  void onesMadeInTheMiddleOfAStageAreNoReasonToStopEither() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(CHANGE).promoted("parts", StageName.EXPAND);
      assertThat(
              journey.promoteWith(
                  "parts",
                  StageName.BACKFILL,
                  "backfill.index.public.orders.total_key.partitions",
                  () -> makePartition(journey, 4)))
          .isInstanceOf(Outcome.Done.class);
      journey.promoted("parts", StageName.DROP);
      assertThat(journey.rows(OURS)).isEmpty();
    }
  }

  @Test
  void rowsOfAnAttachedPartitionAreFoundByTheVerificationAndFilledByAnUpdate() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(CHANGE).promoted("parts", StageName.EXPAND);
      // With a key below and one above all that the backfill has passed.
      assertThat(
              journey.promoteWith(
                  "parts",
                  StageName.BACKFILL,
                  "backfill.strict",
                  () ->
                      journey.sql(
                          """
                          CREATE TABLE old (LIKE orders INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
                          INSERT INTO old (day, id, total) VALUES (1, 1, 5), (1, 2, 6);
                          ALTER TABLE orders ATTACH PARTITION old FOR VALUES FROM (0) TO (10);
                          """)))
          .isInstanceOfSatisfying(
              Outcome.Differs.class,
              differs -> {
                assertThat(differs.mismatches()).isEqualTo(2);
                assertThat(differs.rows()).hasSize(2);
              });
      journey.sql("UPDATE old SET total = total");
      journey.promoted("parts", StageName.DROP);
      assertThat(journey.rows("SELECT total FROM orders WHERE day = 1 ORDER BY 1"))
          .containsExactly("5", "6");
      assertThat(journey.rows(OURS)).isEmpty();
    }
  }

  @Test
  void soAreThoseOfOneAttachedWhileBothShapesLive() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(CHANGE).promoted("parts", StageName.BACKFILL);
      String column =
          journey
              .rows(
                  "SELECT attname FROM pg_attribute WHERE attrelid = 'orders'::regclass"
                      + " AND attname LIKE 'gatefold%new'")
              .get(0);
      journey.sql(
          """
          CREATE TABLE old (LIKE orders INCLUDING DEFAULTS);
          ALTER TABLE old ADD COLUMN extra int;
          INSERT INTO old (day, id, total) VALUES (1, 1, 5);
          UPDATE old SET %1$s = 4;
          ALTER TABLE old DROP COLUMN extra;
          """
              .formatted(column));
      addConstraints(journey);
      journey.sql("ALTER TABLE orders ATTACH PARTITION old FOR VALUES FROM (0) TO (10)");
      assertThat(journey.promote("parts", StageName.RETIRE)).isInstanceOf(Outcome.Differs.class);
      journey.sql("UPDATE old SET %s = total".formatted(column));
      journey.promoted("parts", StageName.DROP);
      assertThat(journey.rows("SELECT total FROM orders WHERE day = 1")).containsExactly("5");
      assertThat(journey.rows(OURS)).isEmpty();
    }
  }

  /** As ATTACH demands it: every check of the table. */
  private static void addConstraints(Journey journey) throws Exception {
    for (String check :
        journey.rows(
            """
            SELECT format('ALTER TABLE old ADD CONSTRAINT %I %s', conname, pg_get_constraintdef(oid))
            FROM pg_constraint WHERE conrelid = 'orders'::regclass AND contype = 'c'""")) {
      journey.sql(check);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = StageName.class,
      names = {"EXPAND", "BACKFILL", "RETIRE"})
  void oneThatIsDetachedAndKeptStopsTheChangeUntilItIsAttachedOrCleared(StageName stage)
      throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(CHANGE).promoted("parts", stage);
      Plan plan = journey.rollout("parts").plan();
      StageName next = plan.after(Optional.of(stage)).orElseThrow();
      journey.sql("ALTER TABLE orders DETACH PARTITION orders_1");
      assertThat(journey.promote("parts", next))
          .isInstanceOfSatisfying(
              Outcome.Blocked.class,
              blocked ->
                  assertThat(blocked.evidence().findings())
                      .anyMatch(finding -> finding.check().equals("detached public.orders_1")));
      journey.sql("ALTER TABLE orders ATTACH PARTITION orders_1 FOR VALUES FROM (10) TO (20)");
      assertThat(journey.promote("parts", next)).isInstanceOf(Outcome.Done.class);

      Optional<StageName> afterNext = plan.after(Optional.of(next));
      if (afterNext.isPresent()) {
        journey.sql("ALTER TABLE orders DETACH PARTITION orders_2");
        assertThat(journey.promote("parts", afterNext.get())).isInstanceOf(Outcome.Blocked.class);
        for (String drop :
            journey.rows(
                """
                SELECT format('ALTER TABLE orders_2 DROP COLUMN %I', attname) FROM pg_attribute
                WHERE attrelid = 'orders_2'::regclass AND attname LIKE 'gatefold%'
                UNION ALL
                SELECT format('ALTER TABLE orders_2 DROP CONSTRAINT IF EXISTS %I', conname)
                FROM pg_constraint
                WHERE conrelid = 'orders_2'::regclass AND conname LIKE 'gatefold%'""")) {
          journey.sql(drop);
        }
        journey.promoted("parts", StageName.DROP);
        assertThat(journey.rows("SELECT count(*), count(total) FROM orders_2"))
            .containsExactly("500|500");
        assertThat(journey.rows(OURS)).isEmpty();
      }
    }
  }

  @Test
  void oneAttachedBetweenPlanAndExpandMeansPlanningAgain() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(CHANGE);
      makePartition(journey, 4);
      assertThat(journey.promote("parts", StageName.EXPAND))
          .isInstanceOfSatisfying(
              Outcome.Stopped.class,
              stopped -> assertThat(stopped.message()).contains("attached or detached"));
      assertThat(journey.rollback("parts", Optional.empty())).isInstanceOf(Outcome.Done.class);
      journey.submitted(CHANGE).promoted("parts", StageName.DROP);
    }
  }

  @Test
  void whatAPartitionIsGivenOfItsOwnMeanwhileIsNotDroppedWithTheOldColumn() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(CHANGE).promoted("parts", StageName.BACKFILL);
      Map<String, String> own =
          Map.of(
              "CREATE INDEX own ON orders_1 (id, total)",
              "DROP INDEX own",
              "ALTER TABLE orders_1 ADD CONSTRAINT own CHECK (total < 5000)",
              "ALTER TABLE orders_1 DROP CONSTRAINT own",
              "ALTER TABLE orders_1 ALTER COLUMN total SET DEFAULT 7",
              "ALTER TABLE orders_1 ALTER COLUMN total SET DEFAULT 0");
      for (Map.Entry<String, String> entry : own.entrySet()) {
        journey.sql(entry.getKey());
        assertThat(journey.promote("parts", StageName.RETIRE))
            .isInstanceOfSatisfying(
                Outcome.Blocked.class,
                blocked -> assertThat(blocked.evidence().toString()).contains("would get lost"));
        journey.sql(entry.getValue());
      }
      for (Map.Entry<String, String> entry : own.entrySet()) {
        assertThat(
                journey.promoteWith(
                    "parts",
                    StageName.RETIRE,
                    "retire.swap.public.orders",
                    () -> journey.sql(entry.getKey())))
            .isInstanceOfSatisfying(
                Outcome.Stopped.class,
                stopped -> assertThat(stopped.message()).contains("would get lost"));
        journey.sql(entry.getValue());
      }
      journey.promoted("parts", StageName.DROP);
    }
  }

  @Test
  void aTriggerOfThePartitionsThatIsDisabledOrOvertakenBlocksTheGate() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(CHANGE).promoted("parts", StageName.EXPAND);
      String trigger =
          journey
              .rows("SELECT max(tgname) FROM pg_trigger WHERE tgname LIKE '~gate%insert'")
              .get(0);
      journey.sql("ALTER TABLE orders_1 DISABLE TRIGGER \"" + trigger + "\"");
      assertThat(journey.promote("parts", StageName.BACKFILL)).isInstanceOf(Outcome.Blocked.class);
      journey.sql("ALTER TABLE orders_1 ENABLE ALWAYS TRIGGER \"" + trigger + "\"");
      journey.sql(
          """
          CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
          CREATE TRIGGER "~zz" BEFORE UPDATE ON orders_1 FOR EACH ROW EXECUTE FUNCTION nothing();
          """);
      assertThat(journey.promote("parts", StageName.BACKFILL)).isInstanceOf(Outcome.Blocked.class);
      journey.sql("DROP TRIGGER \"~zz\" ON orders_1");
      journey.promoted("parts", StageName.DROP);
    }
  }
}
