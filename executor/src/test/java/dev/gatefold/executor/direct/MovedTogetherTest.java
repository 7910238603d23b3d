package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Old and new applications write the same rows by two tables at the same instant. */
class MovedTogetherTest {

  private static final String TABLES =
      """
      CREATE TABLE a (id int PRIMARY KEY, v int);
      CREATE TABLE b (a int PRIMARY KEY REFERENCES a ON DELETE CASCADE, note int);
      INSERT INTO a SELECT i, i FROM generate_series(1, 5) i;
      INSERT INTO b SELECT id FROM a;
      """;

  private static final String CHANGE =
      """
      change: c
      operations:
        - move_columns: {table: a, to: b, columns: [v], where: {id: a}}
      """;

  private static final int ROUNDS = 150;

  @Test
  void theTablesAgreeWhateverTheOrder() throws Exception {
    try (Journey journey = Journey.asSuperuser(TABLES)) {
      journey.submitted(CHANGE).promoted("c", StageName.BACKFILL);
      List<String> old =
          List.of(
              "UPDATE a SET v = %2$d WHERE id = %1$d",
              "UPDATE a SET v = NULL WHERE id = %1$d",
              "BEGIN; UPDATE a SET v = v + 1 WHERE id = %1$d; UPDATE b SET note = 1 WHERE a = %1$d;"
                  + " COMMIT",
              "INSERT INTO a VALUES (%1$d) ON CONFLICT (id) DO NOTHING");
      List<String> fresh =
          List.of(
              "UPDATE b SET v = %2$d WHERE a = %1$d",
              "DELETE FROM b WHERE a = %1$d",
              "INSERT INTO b (a, v) VALUES (%1$d, %2$d) ON CONFLICT (a) DO UPDATE SET v = EXCLUDED.v",
              "INSERT INTO b (a) VALUES (%1$d) ON CONFLICT DO NOTHING",
              "BEGIN; UPDATE b SET note = 2 WHERE a = %1$d; UPDATE b SET v = v - 1 WHERE a = %1$d;"
                  + " COMMIT");
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        List<Future<Integer>> done = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
          done.add(
              threads.submit(
                  writes(journey, seed % 2 == 0 ? old : fresh, seed, round -> round < ROUNDS)));
        }
        for (Future<Integer> writer : done) {
          assertThat(writer.get()).isPositive();
        }
      } finally {
        threads.shutdownNow();
      }
      assertThat(
              journey.rows(
                  "SELECT a.id, a.v, b.v FROM a LEFT JOIN b ON b.a = a.id"
                      + " WHERE a.v IS DISTINCT FROM b.v"))
          .isEmpty();
      assertThat(journey.rollouts().verify(new ChangeName("c"), StageListener.SILENT))
          .isInstanceOf(Outcome.Done.class);
    }
  }

  /** Nobody who writes meets a stage that comes or goes. */
  @Test
  void stagesComeAndGoWhileApplicationsWrite() throws Exception {
    try (Journey journey = Journey.asSuperuser(TABLES + "DELETE FROM b WHERE a = 3;")) {
      journey.submitted(CHANGE);
      writing(
          journey,
          List.of(
              "UPDATE a SET v = %2$d WHERE id = %1$d",
              "BEGIN; UPDATE b SET note = 1 WHERE a = %1$d; UPDATE a SET v = v + 1 WHERE id = %1$d;"
                  + " COMMIT",
              "DELETE FROM b WHERE a = %1$d",
              "INSERT INTO b (a) VALUES (%1$d) ON CONFLICT (a) DO UPDATE SET note = 3"),
          () -> journey.promoted("c", StageName.BACKFILL));
      writing(
          journey,
          List.of(
              "UPDATE b SET v = %2$d WHERE a = %1$d",
              "DELETE FROM b WHERE a = %1$d",
              "INSERT INTO b (a, v) VALUES (%1$d, %2$d) ON CONFLICT (a) DO UPDATE SET v = EXCLUDED.v"),
          () -> {
            assertThat(journey.promote("c", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
            assertThat(journey.rollback("c", Optional.empty())).isInstanceOf(Outcome.Done.class);
            assertThat(journey.promote("c", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
            assertThat(journey.promote("c", StageName.DROP)).isInstanceOf(Outcome.Done.class);
          });
    }
  }

  private interface Stages {
    void run() throws Exception;
  }

  private static void writing(Journey journey, List<String> statements, Stages stages)
      throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Integer>> done = new ArrayList<>();
      for (int seed = 0; seed < 2; seed++) {
        done.add(threads.submit(writes(journey, statements, seed, round -> !over.get())));
      }
      try {
        stages.run();
      } finally {
        over.set(true);
      }
      for (Future<Integer> writer : done) {
        assertThat(writer.get()).isPositive();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** A row comes to the one table while that of the other is written and not committed. */
  @Test
  void aRowThatComesWaitsForWhoeverWritesTheOneThatItBelongsTo() throws Exception {
    try (Journey journey = Journey.on(TABLES + "UPDATE a SET v = NULL; DELETE FROM b;")) {
      journey.submitted(CHANGE).promoted("c", StageName.BACKFILL);
      ExecutorService thread = Executors.newSingleThreadExecutor();
      try (Connection old = journey.database().connect();
          Statement statement = old.createStatement()) {
        old.setAutoCommit(false);
        statement.execute("UPDATE a SET v = 6 WHERE id = 1");
        Future<Boolean> fresh =
            thread.submit(
                () -> {
                  journey.sql("INSERT INTO b (a) VALUES (1) ON CONFLICT DO NOTHING");
                  return true;
                });
        while (!fresh.isDone()
            && journey.rows("SELECT count(*) FROM pg_locks WHERE NOT granted").contains("0")) {
          Thread.onSpinWait();
        }
        old.commit();
        assertThat(fresh.get()).isTrue();
      } finally {
        thread.shutdownNow();
      }
      assertThat(journey.rows("SELECT a, v FROM b")).containsExactly("1|6");
    }
  }

  /** The writes that came through. A deadlock is what applications have to try again. */
  private static Callable<Integer> writes(
      Journey journey, List<String> statements, int seed, IntPredicate goesOn) {
    return () -> {
      SplittableRandom random = new SplittableRandom(seed);
      int written = 0;
      try (Connection connection = journey.database().connect();
          Statement statement = connection.createStatement()) {
        statement.execute("SET deadlock_timeout = '5ms'");
        for (int round = 0; goesOn.test(round); round++) {
          try {
            statement.execute(
                statements
                    .get(random.nextInt(statements.size()))
                    .formatted(random.nextInt(5) + 1, random.nextInt(100)));
            written++;
          } catch (SQLException e) {
            assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("40P01");
            statement.execute("ROLLBACK");
          }
        }
      }
      return written;
    };
  }
}
