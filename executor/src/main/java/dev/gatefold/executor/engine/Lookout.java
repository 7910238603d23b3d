package dev.gatefold.executor.engine;

import dev.gatefold.backfill.pace.Sleeper;
import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Says whom a long statement waits for, while it waits: the session that runs it cannot. The
 * statement stays on the thread that owns the work; a second thread looks, on a connection that is
 * opened only if the statement lasts, and both are gone before {@link #during} comes back.
 */
final class Lookout {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final DataSource database;
  private final Connection working;
  private final StageListener listener;
  private final Sleeper sleeper;

  Lookout(DataSource database, Connection working, StageListener listener, Sleeper sleeper) {
    this.database = database;
    this.working = working;
    this.listener = listener;
    this.sleeper = sleeper;
  }

  /** A statement on the working connection. */
  interface Work {
    void run() throws SQLException;
  }

  void during(Step step, Work work) throws SQLException, InterruptedException {
    int pid =
        Query.of("SELECT pg_backend_pid()").first(working, row -> row.getInt(1)).orElseThrow();
    Thread thread = new Thread(() -> watch(step, pid), "gatefold lookout");
    thread.setDaemon(true);
    thread.start();
    try {
      work.run();
    } finally {
      thread.interrupt();
      // The listener is never called by two threads at a time.
      thread.join();
    }
  }

  private void watch(Step step, int pid) {
    try {
      sleeper.sleep(BETWEEN_LOOKS);
      try (Connection connection = database.getConnection()) {
        while (!Thread.currentThread().isInterrupted()) {
          look(connection, step, pid);
          sleeper.sleep(BETWEEN_LOOKS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      // Whoever cannot look can still work.
      if (!Thread.currentThread().isInterrupted()) {
        listener.waiting(step, "for whom cannot be seen: " + e.getMessage());
      }
    }
  }

  /** One statement in autocommit: an open transaction of ours would itself be waited for. */
  private void look(Connection connection, Step step, int pid) throws SQLException {
    Optional<String> others = Holders.against(connection, pid);
    others.ifPresent(words -> listener.waiting(step, "its transaction must end first: " + words));
  }
}
