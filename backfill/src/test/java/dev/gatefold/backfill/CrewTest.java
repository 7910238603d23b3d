package dev.gatefold.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.backfill.fence.BatchFence;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.session.Connections;
import dev.gatefold.backfill.testing.ManualTime;
import dev.gatefold.backfill.testing.Scene;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.planner.change.BackfillSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The workers beside the one that runs a backfill, and what becomes of them. */
@Timeout(60)
class CrewTest {

  private static final String NAME = "gatefold-backfill";

  private final ManualTime time = new ManualTime();
  private final Queue<String> names = new ConcurrentLinkedQueue<>();
  private Scene scene;
  private long rows = 1000;

  @BeforeEach
  void start() throws Exception {
    scene = Scene.items(400);
  }

  @AfterEach
  void end() throws Exception {
    scene.close();
  }

  private BackfillJob job(int workers) throws SQLException {
    BackfillJob one = Scene.job(scene.itemMapping());
    BackfillSettings settings = one.settings().withWorkers(workers);
    return new BackfillJob(one.rows(), settings, false, true, one.rowsEstimate());
  }

  private Crew crew(BatchFence fence, Connections connections) throws SQLException {
    BackfillJob job = job(3);
    return new Crew(
        job,
        scene.backfill(job, fence),
        Conditions.always(job.settings()),
        new Timing(time, Timing.system().sleeper(), Timing.system().random()),
        connections,
        Duration.ofMillis(200));
  }

  /** All move so much more rows each time that one worker more is always worth it. */
  private void aGoodSecond(Crew crew) {
    time.pass(Duration.ofSeconds(3));
    rows = Math.min(2 * rows, 1L << 40);
    crew.tend(3 * rows, Pressure.NONE);
  }

  private void awaitNames(Crew crew, int count) {
    while (names.size() < count) {
      aGoodSecond(crew);
      Thread.onSpinWait();
    }
  }

  @Test
  void eachHasANumberOfItsOwn() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch others = new CountDownLatch(1);
    Connections connections =
        () -> {
          boolean isFirst = names.isEmpty();
          names.add(Thread.currentThread().getName());
          try {
            (isFirst ? first : others).await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new SQLException("no connection");
        };
    try (Crew crew = crew(scene.fence, connections)) {
      awaitNames(crew, 1);
      awaitNames(crew, 2);
      first.countDown();
      awaitNames(crew, 3);
      others.countDown();
    }
    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void aFaultOfTheProgramIsNotLost() throws Exception {
    BatchFence broken =
        () -> {
          names.add(Thread.currentThread().getName());
          throw new AssertionError("a fault");
        };
    Crew crew = crew(broken, scene.database::connect);
    awaitNames(crew, 1);
    assertThatThrownBy(crew::close)
        .isInstanceOf(IllegalStateException.class)
        .cause()
        .isInstanceOf(AssertionError.class)
        .hasMessage("a fault");
    assertThatThrownBy(crew::end).hasMessageContaining("a fault");
  }

  @Test
  void itEndsTheRun() throws Exception {
    CountDownLatch met = new CountDownLatch(1);
    scene.afterBatch(
        batch -> {
          if (batch == 3) {
            met.await();
          }
        });
    BatchFence broken =
        () -> {
          if (Thread.currentThread().getName().startsWith(NAME)) {
            met.countDown();
            throw new IllegalArgumentException("a fault");
          }
          return scene.fence.statement();
        };
    BackfillJob job = job(2);
    Backfill backfill = scene.backfill(job, broken);
    try (Connection connection = scene.database.connect()) {
      assertThatThrownBy(() -> backfill.run(connection, scene.database::connect, job))
          .isInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage("a fault");
    }
  }

  @Test
  void whoWaitsForAServerThatDoesNotAnswerIsCutOff() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    BatchFence hanging =
        () -> {
          asked.countDown();
          return BoundStatement.of("SELECT pg_sleep(30)");
        };
    List<Waiting> heard = new ArrayList<>();
    Crew crew = crew(hanging, scene.database::connect);
    while (asked.getCount() > 0) {
      aGoodSecond(crew);
      Thread.onSpinWait();
    }
    crew.close();
    crew.heard(heard::add);
    assertThat(heard)
        .first()
        .extracting(Waiting::reason)
        .asString()
        .startsWith("a worker was lost");
  }
}
