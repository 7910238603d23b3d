package dev.gatefold.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.BackfillOutcome.Finished;
import dev.gatefold.backfill.BackfillOutcome.Paused;
import dev.gatefold.backfill.fence.BatchFence;
import dev.gatefold.backfill.pace.BatchSizer;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.testing.Scene;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.backfill.throttle.Rest;
import dev.gatefold.backfill.throttle.Throttle;
import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.BackfillSettings.UserTriggers;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker that rests, or holds still, looks around meanwhile. */
class RestingTest {

  /** A batch of one second, after which a hundredth of the time means 99 s of rest. */
  private static final Duration SLOW = Duration.ofSeconds(1);

  /** Three batches. */
  private static final int ROWS = 3 * BatchSizer.START;

  private final Pressure least = Pressure.minimum("nobody can tell");
  private Scene scene;
  private boolean slow;
  private boolean slowNow;

  @BeforeEach
  void start() throws Exception {
    scene = Scene.items(ROWS);
    scene.afterBatch(batch -> slow = batch == 1);
  }

  @AfterEach
  void end() throws Exception {
    scene.close();
  }

  private BackfillOutcome run(Throttle throttle, Supplier<BackfillSettings> settings)
      throws Exception {
    return run(throttle, settings, scene.fence);
  }

  private BackfillOutcome run(
      Throttle throttle, Supplier<BackfillSettings> settings, BatchFence asked) throws Exception {
    BackfillJob job = Scene.job(scene.itemMapping());
    BatchFence fence =
        () -> {
          slowNow = slow;
          slow = false;
          return asked.statement();
        };
    try (Connection connection = scene.database.connect()) {
      return new Backfill(
              new Desk(Scene.ledger(job), fence),
              new Conditions(throttle, settings),
              scene,
              new Timing(this::nanos, scene.time, scene.time.timing().random()))
          .run(connection, scene.database::connect, job);
    }
  }

  /** Time passes between the first look at the clock, when a batch is sent, and the next one. */
  private long nanos() {
    long now = scene.time.nanos();
    if (slowNow) {
      slowNow = false;
      scene.time.pass(SLOW);
    }
    return now;
  }

  /** Without a bound on the speed. */
  private static BackfillSettings unbounded() {
    return new BackfillSettings(Duration.ofSeconds(1), OptionalLong.empty(), UserTriggers.SKIP)
        .withWorkers(1);
  }

  private Duration passed() {
    return Duration.ofNanos(scene.time.nanos());
  }

  @Test
  void aThrottleThatLetsGoEndsTheRest() throws Exception {
    Throttle throttle = () -> passed().toSeconds() < 3 ? least : Pressure.NONE;
    assertThat(run(throttle, RestingTest::unbounded)).isEqualTo(new Finished(ROWS));
    assertThat(passed()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
    assertThat(scene.time.sleeps()).allMatch(it -> it.compareTo(Rest.SLICE) <= 0);
  }

  @Test
  void aHigherSpeedShortensTheRest() throws Exception {
    BackfillSettings slowly = unbounded().withMaxRowsPerSecond(OptionalLong.of(10));
    Supplier<BackfillSettings> settings =
        () ->
            passed().toSeconds() < 1
                ? slowly
                : slowly.withMaxRowsPerSecond(
                    OptionalLong.of(passed().toSeconds() < 2 ? 1 : 100_000));
    assertThat(run(Throttle.OPEN, settings)).isEqualTo(new Finished(ROWS));
    assertThat(passed()).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void whoeverRestsHearsAPauseAndTellsThatItIsThere() throws Exception {
    scene.time.meanwhile(
        sleep -> {
          if (passed().toSeconds() >= 10) {
            scene.fence.set("paused");
          }
        });
    assertThat(run(() -> least, RestingTest::unbounded)).isEqualTo(new Paused("by hand"));
    assertThat(passed()).isLessThan(Duration.ofSeconds(12));
    assertThat(scene.progress)
        .filteredOn(it -> it.pressure().equals(least))
        .hasSizeGreaterThan(8)
        .last()
        .extracting(Progress::rowsDone)
        // Two batches, that is.
        .asInstanceOf(InstanceOfAssertFactories.LONG)
        .isBetween(BatchSizer.START + 1L, ROWS - 1L);
  }

  @Test
  void theLeaseIsMadeNewMeanwhile() throws Exception {
    Throttle throttle = () -> passed().toSeconds() < 20 ? least : Pressure.NONE;
    AtomicInteger made = new AtomicInteger();
    scene.time.meanwhile(
        sleep -> {
          if (scene
              .value("SELECT leased_until = '-infinity' FROM gatefold.backfill_range")
              .equals("f")) {
            made.incrementAndGet();
          }
          scene.execute("UPDATE gatefold.backfill_range SET leased_until = '-infinity'");
        });
    assertThat(run(throttle, RestingTest::unbounded)).isEqualTo(new Finished(ROWS));
    assertThat(made.get()).isGreaterThan(15);
  }

  @Test
  void aRangeThatAnotherTookMeanwhileIsLeftToIt() throws Exception {
    Throttle throttle = () -> passed().toSeconds() < 5 ? least : Pressure.NONE;
    scene.time.meanwhile(
        sleep -> {
          if (sleep == 3) {
            scene.execute(
                "UPDATE gatefold.backfill_range SET fence = fence + 1, leased_until = '-infinity'");
          }
        });
    assertThat(run(throttle, RestingTest::unbounded)).isEqualTo(new Finished(ROWS));
    assertThat(scene.value("SELECT count(total_n) FROM item")).isEqualTo("" + ROWS);
  }

  @Test
  void whoHoldsStillAsksOnceASecond() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Throttle throttle =
        () -> passed().toSeconds() < 10 ? Pressure.hold("a standby lags") : Pressure.NONE;
    scene.afterBatch(batch -> {});
    BatchFence counting =
        () -> {
          if (passed().toSeconds() < 10) {
            asked.incrementAndGet();
          }
          return scene.fence.statement();
        };
    assertThat(run(throttle, RestingTest::unbounded, counting)).isEqualTo(new Finished(ROWS));
    assertThat(asked.get()).isBetween(8, 10);
    assertThat(scene.waits).hasSize(100);
  }

  @Test
  void whoAsksWhileItHoldsStillWaitsForNoStandby() throws Exception {
    scene.database.execute("CREATE TABLE heard (commits text)");
    Throttle throttle =
        () -> passed().toSeconds() < 2 ? Pressure.hold("a standby lags") : Pressure.NONE;
    BatchFence looking =
        () ->
            BoundStatement.of(
                "INSERT INTO public.heard SELECT current_setting('synchronous_commit')");
    run(throttle, RestingTest::unbounded, looking);
    assertThat(scene.database.queryLines("SELECT commits FROM heard LIMIT 1"))
        .isEqualTo(List.of("off"));
  }

  /** A second of work at half of the time: the nap was rest already. */
  @Test
  void whatABatchSleptCountsAsRest() throws Exception {
    Throttle throttle = () -> passed().toSeconds() < 2 ? Pressure.slow(0.5, "busy") : Pressure.NONE;
    BatchFence napping =
        () -> scene.fence.statement().then(BoundStatement.of("SELECT gatefold.nap()"));
    run(throttle, RestingTest::unbounded, napping);
    Duration rested = scene.time.sleeps().stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(rested).isBetween(Duration.ofMillis(500), Duration.ofMillis(998));
  }
}
