package dev.gatefold.executor.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.testing.TestDatabase;
import dev.gatefold.testing.server.OwnServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/**
 * A commit that waits for a synchronous standby is in the log, and told by the feed, before anybody
 * sees what it wrote: by the version that is seen until then, nothing is to be done.
 */
class HeldCommitTest {

  private static final String CHANGE =
      """
      change: x
      operations: [{alter_column: {table: t, column: a, type: bigint}}]
      sync: cdc
      """;

  private static final String REBUILT =
      """
      change: x
      operations: [{rebuild_table: {table: t, primary_key: [a, id]}}]
      sync: cdc
      """;

  @Test
  void isFollowedOnceItIsSeen() throws Exception {
    try (OwnServer own = OwnServer.start();
        Journey journey = Journey.on(database(own), Standbys.NONE);
        Holder holder = new Holder(journey)) {
      journey.submitted(CHANGE).promoted("x", StageName.BACKFILL);
      journey.rollouts().readFeeds(false);
      holder.hold();
      holder.release();
      journey.promoted("x", StageName.DROP);
      assertThat(journey.rows("SELECT id, a FROM t WHERE a <> id")).containsExactly("1|1000");
    }
  }

  /** What is not seen is copied as it was before. */
  @Test
  void isFollowedAlthoughItsRowsWereCopiedMeanwhile() throws Exception {
    try (OwnServer own = OwnServer.start();
        Journey journey = Journey.on(database(own), Standbys.NONE);
        Holder holder = new Holder(journey)) {
      journey.submitted(REBUILT).promoted("x", StageName.EXPAND);
      journey.rollouts().readFeeds(false);
      holder.hold();
      StageListener listener =
          new StageListener() {
            @Override
            public void done(Step step, Duration took) {
              if (step instanceof Step.BackfillRows) {
                holder.release();
              }
            }
          };
      assertThat(
              journey
                  .rollouts()
                  .promote(new ChangeName("x"), Journey.order(StageName.BACKFILL), listener))
          .isInstanceOf(Outcome.Done.class);
      journey.promoted("x", StageName.DROP);
      assertThat(journey.rows("SELECT id, a FROM t WHERE a <> id OR id IN (2, 101)"))
          .containsExactlyInAnyOrder("1|1000", "101|101");
    }
  }

  /** Nobody's commits wait unless they ask for it. */
  private static TestDatabase database(OwnServer own) throws SQLException {
    TestDatabase database = TestDatabase.on(own);
    database.execute("ALTER DATABASE %s SET synchronous_commit = local".formatted(database.name()));
    database.execute("CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL)");
    database.execute("INSERT INTO t SELECT i, i FROM generate_series(1, 100) i");
    return database;
  }

  /** Holds the commit of one transaction. */
  private static final class Holder implements AutoCloseable {

    private final Journey journey;
    private final ExecutorService writer = Executors.newSingleThreadExecutor();
    private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);

    Holder(Journey journey) {
      this.journey = journey;
    }

    /** Comes back once the log has been told up to the commit, which nobody sees. */
    void hold() throws SQLException {
      standbys("SET synchronous_standby_names = 'nobody'");
      written = CompletableFuture.runAsync(this::write, writer);
      await("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'", "1");
      String end = journey.rows("SELECT pg_current_wal_flush_lsn()").get(0);
      awaitLooks(end);
      assertThat(journey.rows("SELECT a FROM t WHERE id = 1")).containsExactly("1");
    }

    /**
     * Whoever applies the write has looked twice whether it is seen, or has applied it by now,
     * which would be too early.
     */
    private void awaitLooks(String end) throws SQLException {
      Set<String> looks = new HashSet<>();
      while (looks.size() < 2
          && journey
              .rows("SELECT FROM gatefold.feed WHERE applied_at >= '%s'".formatted(end))
              .isEmpty()) {
        looks.addAll(
            journey.rows(
                """
                SELECT query_start FROM pg_stat_activity
                WHERE query LIKE '%pg_current_snapshot%' AND pid <> pg_backend_pid()"""));
      }
    }

    void release() {
      assertThat(written.isDone()).isFalse();
      try {
        standbys("RESET synchronous_standby_names");
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
      written.join();
    }

    private void write() {
      try (Connection connection = journey.database().connect();
          Statement statement = connection.createStatement()) {
        statement.execute("SET synchronous_commit = on");
        statement.execute(
            """
            BEGIN; UPDATE t SET a = 1000 WHERE id = 1; DELETE FROM t WHERE id = 2;
            INSERT INTO t VALUES (101, 101); COMMIT""");
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
    }

    private void standbys(String setting) throws SQLException {
      journey.sql("ALTER SYSTEM " + setting);
      journey.sql("SELECT pg_reload_conf()");
    }

    private void await(String query, String answer) throws SQLException {
      while (!journey.rows(query).equals(List.of(answer))) {
        Thread.onSpinWait();
      }
    }

    @Override
    public void close() {
      writer.shutdownNow();
    }
  }
}
