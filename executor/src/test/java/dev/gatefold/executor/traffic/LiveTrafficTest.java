package dev.gatefold.executor.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
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

/** A bank goes on with its work while a column gets another type and another one a new name. */
class LiveTrafficTest {

  private static final int SCALE = 1;
  private static final int CLIENTS = 4;
  private static final long SEED = 42;

  @Test
  void noTransactionFailsAndNoWriteIsLost() throws Exception {
    try (Journey journey = Journey.on(BankTables.create(SCALE))) {
      journey.submitted(BankTables.CHANGE);
      long committed = withTraffic(journey, () -> journey.promoted("accounts", StageName.DROP));

      assertThat(committed).isPositive();
      assertThat(journey.rows(BankTables.SUMS)).containsExactly("0|0|0");
      assertThat(journey.rows(BankTables.COLUMNS))
          .containsExactly(
              "abalance|bigint", "aid|integer", "bid|integer", "padding|character(84)");
    }
  }

  @Test
  void norWhereTheChangeIsTakenBackFromRetired() throws Exception {
    try (Journey journey = Journey.on(BankTables.create(SCALE))) {
      List<String> catalog = journey.catalog("pgbench_accounts");
      journey.submitted(BankTables.CHANGE);
      withTraffic(
          journey,
          () -> {
            journey.promoted("accounts", StageName.RETIRE);
            for (int stages = 0; stages < 3; stages++) {
              journey.rollback("accounts", Optional.empty());
            }
          });
      assertThat(journey.rows(BankTables.SUMS)).containsExactly("0|0|0");
      assertThat(journey.catalog("pgbench_accounts")).isEqualTo(catalog);
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  /** Answers how many transactions were committed; any failed one fails the test. */
  private static long withTraffic(Journey journey, Work work) throws Exception {
    AtomicBoolean stopped = new AtomicBoolean();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    List<Future<Long>> running = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(SEED);
    try {
      for (int i = 0; i < CLIENTS; i++) {
        running.add(
            clients.submit(
                new BankClient(journey.database().url(), SCALE, random.split(), stopped)));
      }
      work.run();
    } finally {
      stopped.set(true);
      clients.shutdown();
    }
    long committed = 0;
    for (Future<Long> client : running) {
      committed += client.get();
    }
    return committed;
  }
}
