package dev.gatefold.executor.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.plan.StageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Clients write through the table, straight to its partitions, and move rows between them. */
class PartitionedTrafficTest {

  private static final int CLIENTS = 4;
  private static final long SEED = 7;

  @Test
  void noStatementFailsAndNoWriteIsLost() throws Exception {
    try (Journey journey = Journey.on(MovingClient.TABLES)) {
      journey.submitted(MovingClient.CHANGE);
      long written = withTraffic(journey, () -> journey.promoted("parts", StageName.DROP));

      assertThat(written).isPositive();
      assertThat(journey.rows(MovingClient.SUMS)).containsExactly("0|t");
    }
  }

  @Test
  void norWhereTheChangeIsTakenBackFromRetired() throws Exception {
    try (Journey journey = Journey.on(MovingClient.TABLES)) {
      List<String> columns = journey.rows(MovingClient.COLUMNS);
      journey.submitted(MovingClient.CHANGE);
      withTraffic(
          journey,
          () -> {
            journey.promoted("parts", StageName.RETIRE);
            for (int stages = 0; stages < 3; stages++) {
              assertThat(journey.rollback("parts", Optional.empty()))
                  .isInstanceOf(Outcome.Done.class);
            }
          });
      assertThat(journey.rows(MovingClient.SUMS)).containsExactly("0|t");
      assertThat(journey.rows(MovingClient.COLUMNS)).isEqualTo(columns);
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  /** Answers how many statements were committed; any failed one fails the test. */
  private static long withTraffic(Journey journey, Work work) throws Exception {
    AtomicBoolean stopped = new AtomicBoolean();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    List<Future<Long>> running = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(SEED);
    try {
      for (int i = 0; i < CLIENTS; i++) {
        running.add(
            clients.submit(new MovingClient(journey.database().url(), random.split(), stopped)));
      }
      work.run();
    } finally {
      stopped.set(true);
      clients.shutdown();
    }
    long written = 0;
    for (Future<Long> client : running) {
      written += client.get();
    }
    return written;
  }
}
