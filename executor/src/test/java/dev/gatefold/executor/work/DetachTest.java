package dev.gatefold.executor.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.Rollouts.Worked;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.store.Request;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a promotion between the one who asks for it and the one who runs it. */
class DetachTest {

  private static final ChangeName X = new ChangeName("x");

  private static final String CHANGE =
      "{change: x, operations: [{alter_column: {table: t, column: name, to: l, type: bigint}}]}";

  private Journey journey;

  @BeforeEach
  void start() throws Exception {
    journey =
        Journey.on(
            """
            CREATE TABLE t (id int PRIMARY KEY, name text);
            INSERT INTO t SELECT i, i FROM generate_series(1, 1000) i;
            """);
    journey.submitted(CHANGE);
  }

  @AfterEach
  void end() throws Exception {
    journey.close();
  }

  private Outcome detach(StageName stage) throws Exception {
    return journey.rollouts().detach(X, PromotionOrder.of(stage));
  }

  private Optional<Worked> work() throws Exception {
    return journey.rollouts().work(StageListener.SILENT);
  }

  private Request newest() throws Exception {
    return journey.rollouts().requests().get(0);
  }

  private String endWord() throws Exception {
    return newest().end().orElseThrow().outcome();
  }

  @Test
  void itIsRunInTheNameOfWhoAskedForIt() throws Exception {
    journey
        .database()
        .asSuperuser(
            """
            DO $$ BEGIN
              IF to_regrole('work_ann') IS NULL THEN CREATE ROLE work_ann LOGIN; END IF;
            END $$;
            GRANT %s TO work_ann;
            """
                .formatted(journey.database().role()));
    try (LiveRollouts ann =
        LiveRollouts.open(DatabaseUrl.parse(journey.database().url("work_ann")))) {
      assertThat(ann.detach(X, PromotionOrder.because(StageName.EXPAND, "release 7")))
          .isInstanceOfSatisfying(
              Outcome.Done.class,
              it -> {
                assertThat(it.message()).contains("is asked for", "no worker is here now");
                assertThat(it.next()).isEqualTo("Next: gatefold wait x --for expanded");
              });
    }
    assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.PLANNED);

    assertThat(work().orElseThrow().outcome()).containsInstanceOf(Outcome.Done.class);
    assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.EXPANDED);
    assertThat(endWord()).isEqualTo("done");
    assertThat(newest().takenBy().orElseThrow()).contains("of " + journey.database().role());
    assertThat(
            journey.rows(
                """
                SELECT DISTINCT actor FROM gatefold.history WHERE kind <> 'submitted'
                UNION SELECT actor FROM gatefold.notification"""))
        .containsExactly("work_ann");
    assertThat(journey.rows("SELECT kind, text FROM gatefold.history WHERE kind ~ 'request|promo'"))
        .containsExactly("requested|expand: release 7", "promoted|expand: release 7");
    assertThat(work()).isEmpty();
  }

  @Test
  void theGateIsMeasuredWhenItIsRun() throws Exception {
    journey.promoted("x", StageName.EXPAND);
    assertThat(detach(StageName.BACKFILL)).isInstanceOf(Outcome.Done.class);
    journey.sql("CREATE INDEX added ON t (name)");
    assertThat(work().orElseThrow().outcome()).containsInstanceOf(Outcome.Blocked.class);
    assertThat(endWord()).isEqualTo("blocked");
    assertThat(newest().end().orElseThrow().message()).contains("(blocked): ");
    assertThat(newest().concerns(journey.rollout("x").updatedAt())).isTrue();

    // It is not tried again by itself: whoever asked decides once more.
    journey.sql("DROP INDEX added");
    assertThat(work()).isEmpty();
    assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.EXPANDED);
    journey.promoted("x", StageName.BACKFILL);
    assertThat(newest().concerns(journey.rollout("x").updatedAt())).isFalse();
  }

  @Test
  void whatIsOutOfOrderIsRefusedAtOnce() throws Exception {
    assertThat(detach(StageName.RETIRE)).isInstanceOf(Outcome.OutOfOrder.class);
    assertThat(journey.rollouts().detach(new ChangeName("y"), PromotionOrder.of(StageName.EXPAND)))
        .isInstanceOf(Outcome.OutOfOrder.class);
    journey.rollouts().pause(X);
    assertThat(detach(StageName.EXPAND)).isInstanceOf(Outcome.Waits.class);
    assertThat(journey.rollouts().requests()).isEmpty();
  }

  @Test
  void askedTwiceItIsOne() throws Exception {
    assertThat(detach(StageName.EXPAND)).isInstanceOf(Outcome.Done.class);
    assertThat(detach(StageName.EXPAND))
        .isInstanceOfSatisfying(
            Outcome.Done.class, it -> assertThat(it.message()).contains("was asked for before"));
    assertThat(journey.rollouts().detach(X, PromotionOrder.because(StageName.EXPAND, "why")))
        .isInstanceOf(Outcome.Waits.class);
    assertThat(work()).isPresent();
    assertThat(work()).isEmpty();
    assertThat(detach(StageName.EXPAND))
        .isInstanceOfSatisfying(
            Outcome.Done.class, it -> assertThat(it.message()).contains("was done before"));
    assertThat(journey.rows("SELECT count(*) FROM gatefold.request")).containsExactly("1");
  }

  @Test
  void anotherPlanIsAnotherQuestion() throws Exception {
    assertThat(detach(StageName.EXPAND)).isInstanceOf(Outcome.Done.class);
    journey.submitted(CHANGE.replace("bigint", "int"));
    assertThat(work().orElseThrow().outcome()).containsInstanceOf(Outcome.OutOfOrder.class);
    assertThat(newest().end().orElseThrow().message()).contains("another plan");
    assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.PLANNED);
  }

  @Test
  void whatIsRolledBackMeanwhileIsNotRun() throws Exception {
    assertThat(detach(StageName.EXPAND)).isInstanceOf(Outcome.Done.class);
    assertThat(journey.rollback("x", Optional.empty())).isInstanceOf(Outcome.Done.class);
    journey.submitted(CHANGE);
    assertThat(work()).isEmpty();
    assertThat(endWord()).isEqualTo("out_of_order");

    journey.promoted("x", StageName.EXPAND);
    assertThat(detach(StageName.BACKFILL)).isInstanceOf(Outcome.Done.class);
    assertThat(journey.rollback("x", Optional.empty())).isInstanceOf(Outcome.Done.class);
    assertThat(work()).isEmpty();
  }

  @Test
  void aPauseTakesItBack() throws Exception {
    assertThat(detach(StageName.EXPAND)).isInstanceOf(Outcome.Done.class);
    journey.rollouts().pause(X);
    assertThat(work().orElseThrow().outcome()).containsInstanceOf(Outcome.Waits.class);
    journey.rollouts().resume(X);
    assertThat(work()).isEmpty();
    assertThat(detach(StageName.EXPAND)).isInstanceOf(Outcome.Done.class);
    assertThat(work().orElseThrow().outcome()).containsInstanceOf(Outcome.Done.class);
  }

  @Test
  void whileSomebodyElseWorksOnTheChangeItWaits() throws Exception {
    assertThat(detach(StageName.EXPAND)).isInstanceOf(Outcome.Done.class);
    try (Connection other = journey.database().connect();
        Statement statement = other.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(x'67617465'::int, id::int) FROM gatefold.rollout");
      assertThat(work()).isEmpty();
      assertThat(newest().end()).isEmpty();
      statement.execute("SELECT pg_advisory_unlock_all()");
    }
    assertThat(work().orElseThrow().outcome()).containsInstanceOf(Outcome.Done.class);
  }

  /** Or for ever: the worker would meet the same fault again and again. */
  @Test
  void aFaultOfTheServerEndsIt() throws Exception {
    assertThat(detach(StageName.EXPAND)).isInstanceOf(Outcome.Done.class);
    journey.sql("ALTER TABLE gatefold.notification ADD CHECK (event <> 'done')");
    assertThat(work().orElseThrow().outcome()).containsInstanceOf(Outcome.Stopped.class);
    assertThat(newest().end().orElseThrow().message()).contains("notification_event_check");
    assertThat(work()).isEmpty();
  }

  @Test
  void oneThatIsInterruptedGivesItBack() throws Exception {
    journey.promoted("x", StageName.EXPAND);
    assertThat(detach(StageName.BACKFILL)).isInstanceOf(Outcome.Done.class);
    Thread.currentThread().interrupt();
    assertThat(work().orElseThrow().outcome()).isEmpty();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(newest().end()).isEmpty();
    assertThat(newest().takenBy()).isEmpty();
    assertThat(work().orElseThrow().outcome()).containsInstanceOf(Outcome.Done.class);
    assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.BACKFILLED);
  }
}
