package dev.gatefold.executor.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.testing.StandbyServer;
import dev.gatefold.testing.TestDatabase;
import dev.gatefold.testing.server.OwnServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backfill outlives its server: where another one takes over, the same command goes on there. */
class FailoverTest {

  private static final int ROWS = 4000;
  private static final ChangeName CHANGE = new ChangeName("item");

  private static final String FILE =
      """
      change: item
      operations: [{alter_column: {table: item, column: name, to: label, type: bigint}}]
      backfill: {max_rows_per_second: 2000}
      """;

  /** Ends the primary in the middle, and promotes the standby once that was noticed. */
  private record Failing(
      OwnServer primary, TestDatabase database, StandbyServer standby, List<String> lost)
      implements StageListener {

    private static final int IN_THE_MIDDLE = ROWS / 4;

    @Override
    public synchronized void progress(Step step, Progress progress) {
      if (lost.isEmpty() && progress.rowsDone() >= IN_THE_MIDDLE) {
        lost.add("the primary");
        attempt(
            () -> {
              standby.catchUp(database);
              primary.stopAtOnce();
            });
      }
    }

    @Override
    public synchronized void waiting(Step step, String reason) {
      if (reason.startsWith("the connection was lost (")) {
        lost.add(reason);
        // The attempt after the first such word still meets a standby.
        if (lost.size() == 3) {
          attempt(standby::promote);
        }
      }
    }

    private interface Deed {
      void done() throws Exception;
    }

    private static void attempt(Deed deed) {
      try {
        deed.done();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** By a list of hosts, of which one is the primary, and by one that leads to whoever answers. */
  @ParameterizedTest
  @ValueSource(strings = {"", "&targetServerType=any"})
  void theBackfillGoesOnOnTheOtherServer(String more) throws Exception {
    try (OwnServer primary = OwnServer.start()) {
      TestDatabase database = TestDatabase.on(primary);
      database.execute(
          """
          CREATE TABLE item (id int PRIMARY KEY, name text);
          INSERT INTO item SELECT i, i FROM generate_series(1, %d) i;
          ANALYZE item;
          """
              .formatted(ROWS));
      try (StandbyServer standby = StandbyServer.of(database)) {
        DatabaseUrl both =
            DatabaseUrl.parse(
                "jdbc:postgresql://localhost:%d,%s?user=postgres%s"
                    .formatted(primary.server().port(), standby.place(database), more));
        Failing failing = new Failing(primary, database, standby, new ArrayList<>());
        try (LiveRollouts rollouts = LiveRollouts.open(both)) {
          rollouts.init();
          rollouts.submit(ChangeFile.read("item.yaml", FILE), FILE);
          for (StageName stage : List.of(StageName.EXPAND, StageName.BACKFILL)) {
            assertThat(rollouts.promote(CHANGE, Journey.order(stage), failing))
                .isInstanceOf(Outcome.Done.class);
          }
        }
        assertThat(failing.lost()).as("the primary, and attempts").hasSizeGreaterThan(2);
        assertAllIsDone(both, standby, database);
      }
    }
  }

  private static void assertAllIsDone(
      DatabaseUrl both, StandbyServer standby, TestDatabase database) throws Exception {
    try (LiveRollouts rollouts = LiveRollouts.open(both)) {
      assertThat(rollouts.find(CHANGE).orElseThrow().state()).isEqualTo(RolloutState.BACKFILLED);
      assertThat(rollouts.verify(CHANGE, StageListener.SILENT)).isInstanceOf(Outcome.Done.class);
    }
    try (Connection there = standby.connect(database);
        Statement statement = there.createStatement();
        ResultSet right =
            statement.executeQuery("SELECT count(*) FROM item WHERE label = name::bigint")) {
      right.next();
      assertThat(right.getInt(1)).isEqualTo(ROWS);
    }
  }
}
