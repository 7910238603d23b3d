package dev.gatefold.executor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.backfill.pace.Sleeper;
import dev.gatefold.executor.database.Database;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Who is in the way of a statement that waits, told by somebody who does not. */
class LookoutTest {

  private static final Step STEP =
      new Step.OnlineDdl(
          "i",
          "build index",
          List.of(),
          LockMode.SHARE_UPDATE_EXCLUSIVE,
          List.of(TableName.parse("t")),
          List.of(),
          new Check("SELECT false", ""),
          List.of(),
          new Undo.Nothing());

  private static final Sleeper NEVER = pause -> new CountDownLatch(1).await();
  private static final Sleeper AT_ONCE = pause -> {};

  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  @Test
  void namesTheSessionThatAnIndexWaitsForUntilItEnds() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        Connection working = database.connect();
        Connection forgotten = database.connect()) {
      database.execute("CREATE TABLE t (id int)");
      forgotten.setAutoCommit(false);
      Query.of("INSERT INTO t VALUES (1)").update(forgotten);
      BlockingQueue<String> heard = new LinkedBlockingQueue<>();
      Thread remembers =
          new Thread(
              () -> {
                try {
                  heard.add(said.take());
                  forgotten.commit();
                } catch (InterruptedException | SQLException e) {
                  throw new AssertionError(e);
                }
              });
      remembers.start();
      lookout(database.url(), working, AT_ONCE)
          .during(STEP, () -> Query.of("CREATE INDEX CONCURRENTLY ON t (id)").update(working));
      remembers.join();
      assertThat(heard)
          .singleElement()
          .asString()
          .startsWith("its transaction must end first: session ")
          .contains("idle in transaction for 00:0");
      assertThat(
              Query.of("SELECT indisvalid FROM pg_index WHERE indrelid = 't'::regclass")
                  .isTrue(working))
          .isTrue();
    }
  }

  @Test
  void opensNoConnectionForAStatementThatIsQuick() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        Connection working = database.connect()) {
      lookout("jdbc:postgresql://localhost:1/nowhere", working, NEVER)
          .during(STEP, () -> Query.of("SELECT 1").isTrue(working));
      assertThat(said).isEmpty();
    }
  }

  @Test
  void saysSoWhereItCannotLookAndLetsTheWorkGoOn() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        Connection working = database.connect()) {
      BlockingQueue<String> heard = new LinkedBlockingQueue<>();
      lookout("jdbc:postgresql://localhost:1/nowhere", working, AT_ONCE)
          .during(
              STEP,
              () -> {
                try {
                  heard.add(said.take());
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      assertThat(heard).singleElement().asString().startsWith("for whom cannot be seen: ");
    }
  }

  @Test
  void passesTheStatementsErrorOnAndIsGoneThen() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        Connection working = database.connect()) {
      assertThatThrownBy(
              () ->
                  lookout(database.url(), working, NEVER)
                      .during(STEP, () -> Query.of("SELECT 1 / 0").isTrue(working)))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("division by zero");
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .doesNotContain("gatefold lookout");
    }
  }

  private Lookout lookout(String url, Connection working, Sleeper sleeper) {
    return new Lookout(new Database(DatabaseUrl.parse(url)), working, new Hearing(), sleeper);
  }

  private final class Hearing implements StageListener {

    @Override
    public void waiting(Step step, String reason) {
      said.add(reason);
    }
  }
}
