package dev.gatefold.executor.server;

import dev.gatefold.backfill.pace.Sleeper;
import dev.gatefold.backfill.pace.ThreadSleeper;
import dev.gatefold.executor.Rollouts;
import dev.gatefold.executor.report.DatabaseError;
import dev.gatefold.executor.standalone.Backfills.Watch;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Lets scheduled backfills begin at their times while the server runs; workers do the work. Begins
 * as soon as the database answers and has the schema.
 */
@ApplicationScoped
public class BackfillTimes {

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(10);

  private final Target target;
  private final Sleeper sleeper = new ThreadSleeper();
  private final Thread thread = new Thread(this::attend, "backfill times");
  private boolean ended;

  @Inject
  public BackfillTimes(Target target) {
    this.target = target;
    thread.setDaemon(true);
  }

  void start(@Observes StartupEvent event) {
    thread.start();
  }

  /** Waits no longer than what is being written takes. */
  void end(@Observes ShutdownEvent event) throws InterruptedException {
    synchronized (this) {
      ended = true;
      notifyAll();
    }
    thread.interrupt();
    thread.join(BETWEEN_ATTEMPTS.toMillis());
  }

  private void attend() {
    try {
      while (true) {
        try (Watch watch = watch()) {
          if (watch.watches()) {
            untilEnded();
            return;
          }
        } catch (SQLException e) {
          System.getLogger(BackfillTimes.class.getName())
              .log(
                  System.Logger.Level.WARNING,
                  "no scheduled backfill begins: " + DatabaseError.of(target.url(), e).message());
        }
        sleeper.sleep(BETWEEN_ATTEMPTS);
      }
    } catch (InterruptedException e) {
      // The server ends.
      Thread.currentThread().interrupt();
    }
  }

  private Watch watch() throws SQLException {
    try (Rollouts rollouts = target.open()) {
      return rollouts.backfills().watch();
    }
  }

  private synchronized void untilEnded() throws InterruptedException {
    while (!ended) {
      wait();
    }
  }
}
