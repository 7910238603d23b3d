package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others did to the table or to the sync since the last stage keeps the next one closed. */
class GateTest {

  private static final String TABLE =
      """
      CREATE TABLE orders (id int PRIMARY KEY, total int, note text);
      INSERT INTO orders SELECT i, i, 'n' FROM generate_series(1, 1000) i;
      CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      """;

  private static final String CHANGE =
      """
      change: x
      operations:
        - alter_column: {table: orders, column: total, type: bigint}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TRIGGER %s ON orders",
        "ALTER TABLE orders DISABLE TRIGGER %s",
        "ALTER TABLE orders ENABLE TRIGGER %s",
        "CREATE OR REPLACE TRIGGER %s BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION stamp()",
        "CREATE TRIGGER \"~~\" BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION stamp()",
        "CREATE INDEX ON orders (total)",
        "ALTER TABLE orders ADD CHECK (total < 1000000)",
        "ALTER TABLE orders ALTER COLUMN total SET DEFAULT 7",
        "ALTER TABLE orders ALTER COLUMN total SET NOT NULL"
      })
  void closesTheGateOfRetire(String tampering) throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.submitted(CHANGE).promoted("x", StageName.BACKFILL);
      String trigger =
          journey
              .rows(
                  "SELECT quote_ident(tgname) FROM pg_trigger WHERE tgname LIKE '~gate%\\_update'"
                      + " AND strpos(tgname, '.') = 0")
              .get(0);
      journey.sql(tampering.formatted(trigger));

      assertThat(journey.promote("x", StageName.RETIRE))
          .isInstanceOfSatisfying(
              Outcome.Blocked.class,
              blocked -> assertThat(blocked.evidence().verdict()).isEqualTo(Verdict.BLOCKED));
      assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.BACKFILLED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE INDEX ON orders (note)",
        "GRANT SELECT ON orders TO pg_monitor",
        "CREATE TRIGGER early BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION stamp()",
        "ALTER TABLE orders ADD COLUMN other int"
      })
  void whatConcernsOtherColumnsIsLeftAloneAndKept(String harmless) throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.submitted(CHANGE).promoted("x", StageName.BACKFILL);
      journey.sql(harmless);
      journey.promoted("x", StageName.DROP);
      assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.COMPLETED);
    }
  }

  @Test
  void aTableChangedSinceSubmitIsPlannedAnewFirst() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.submitted(CHANGE);
      journey.sql("CREATE INDEX added ON orders (total)");
      assertThat(journey.promote("x", StageName.EXPAND)).isInstanceOf(Outcome.Blocked.class);

      assertThat(journey.rollback("x", Optional.empty())).isInstanceOf(Outcome.Done.class);
      journey.submitted(CHANGE).promoted("x", StageName.DROP);
      assertThat(journey.rows("SELECT indexdef FROM pg_indexes WHERE indexname = 'added'"))
          .containsExactly("CREATE INDEX added ON public.orders USING btree (total)");
    }
  }

  @Test
  void rowsThatDifferStopTheStageAndAreNamed() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.submitted(CHANGE).promoted("x", StageName.BACKFILL);
      String building =
          journey.rows("SELECT attname FROM pg_attribute WHERE attname LIKE 'gatefold%new'").get(0);
      // Behind the sync's back, as a restore or an administrator might.
      journey.sql(
          """
          ALTER TABLE orders DISABLE TRIGGER USER;
          UPDATE orders SET %s = -1 WHERE id IN (17, 18);
          """
              .formatted(building));
      assertThat(journey.promote("x", StageName.RETIRE)).isInstanceOf(Outcome.Blocked.class);
      journey.sql(
          "DO $$ DECLARE t text; BEGIN FOR t IN SELECT tgname FROM pg_trigger WHERE tgrelid ="
              + " 'orders'::regclass LOOP EXECUTE format('ALTER TABLE orders ENABLE ALWAYS TRIGGER"
              + " %I', t); END LOOP; END $$");

      assertThat(journey.promote("x", StageName.RETIRE))
          .isInstanceOfSatisfying(
              Outcome.Differs.class,
              differs -> {
                assertThat(differs.mismatches()).isEqualTo(2);
                assertThat(differs.rows())
                    .extracting(row -> row.key().toString())
                    .isEqualTo(List.of("17", "18"));
              });
      assertThat(journey.rollouts().verify(new ChangeName("x"), StageListener.SILENT))
          .isInstanceOf(Outcome.Differs.class);
      journey.sql("UPDATE orders SET total = total + 1000 WHERE id IN (17, 18)");
      journey.promoted("x", StageName.DROP);
      assertThat(journey.rows("SELECT total FROM orders WHERE id = 17")).containsExactly("1017");
    }
  }
}
