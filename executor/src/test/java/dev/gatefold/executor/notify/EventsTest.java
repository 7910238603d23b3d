package dev.gatefold.executor.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told, and that it is written together with what it tells of. */
class EventsTest {

  private static final String TABLE =
      """
      CREATE TABLE orders (id int PRIMARY KEY, total text);
      INSERT INTO orders SELECT i, i FROM generate_series(1, 100) i;
      """;

  private static final String CHANGE =
      """
      change: x
      operations:
        - alter_column: {table: orders, column: total, to: amount, type: bigint}
      """;

  private static List<String> told(Journey journey) throws Exception {
    return journey.rows(
        "SELECT event, stage, state, message FROM gatefold.notification ORDER BY id");
  }

  @Test
  void stagesThatAreDoneAndUndone() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.submitted(CHANGE).promoted("x", StageName.BACKFILL);
      assertThat(journey.rollback("x", Optional.empty())).isInstanceOf(Outcome.Done.class);
      assertThat(told(journey))
          .containsExactly(
              "done|expand|expanded|x is expanded. Next: gatefold promote x backfill",
              "done|backfill|backfilled|x is backfilled. Next: gatefold promote x retire",
              "done|expand|expanded|x is back at expanded");
    }
  }

  @Test
  void aFailureWithoutTheUsersRows() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.sql("INSERT INTO orders VALUES (4711, 'secret')");
      journey.submitted(CHANGE).promoted("x", StageName.EXPAND);
      assertThat(journey.promote("x", StageName.BACKFILL)).isInstanceOf(Outcome.Stopped.class);
      assertThat(told(journey).get(1))
          .startsWith("failed|backfill|backfilling|x stopped at backfill.")
          .contains("rows of this batch that the mapping cannot convert")
          .doesNotContain("4711", "secret");
      assertThat(journey.rollout("x").failure().orElseThrow().reason()).contains("4711");
    }
  }

  @Test
  void aClosedGateOnceUntilSomethingElseIsSeenThere() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.submitted(CHANGE).promoted("x", StageName.EXPAND);
      journey.sql("CREATE INDEX added ON orders (total)");
      for (int i = 0; i < 3; i++) {
        assertThat(journey.promote("x", StageName.BACKFILL)).isInstanceOf(Outcome.Blocked.class);
      }
      assertThat(told(journey)).hasSize(2);
      assertThat(told(journey).get(1))
          .startsWith("blocked|backfill|expanded|the gate of backfill of x is blocked: ")
          .contains("(blocked): ");
      assertThat(
              journey.rows(
                  "SELECT evidence_hash IS NOT NULL FROM gatefold.notification ORDER BY id"))
          .containsExactly("f", "t");

      journey.sql("DROP INDEX added");
      journey.promoted("x", StageName.BACKFILL);
      journey.sql("CREATE INDEX added ON orders (total)");
      assertThat(journey.promote("x", StageName.RETIRE)).isInstanceOf(Outcome.Blocked.class);
      assertThat(told(journey)).hasSize(4);
    }
  }

  @Test
  void nothingHappensThatCannotBeTold() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.submitted(CHANGE);
      journey.sql("ALTER TABLE gatefold.notification ADD CHECK (event <> 'done')");
      assertThatThrownBy(() -> journey.promote("x", StageName.EXPAND))
          .isInstanceOf(SQLException.class);
      assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.EXPANDING);
      assertThat(journey.rows("SELECT FROM gatefold.history WHERE kind = 'stage-done'")).isEmpty();

      journey.sql("ALTER TABLE gatefold.notification DROP CONSTRAINT notification_event_check");
      journey.promoted("x", StageName.EXPAND);
      assertThat(told(journey)).hasSize(1);
    }
  }
}
