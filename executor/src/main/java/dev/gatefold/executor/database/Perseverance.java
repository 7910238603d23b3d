package dev.gatefold.executor.database;

import dev.gatefold.backfill.pace.Backoff;
import dev.gatefold.backfill.pace.Timing;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Goes on with work that may take hours, whatever becomes of its connections: a restart of the
 * server, a failover and a broken wire end none. Whether there is anything to go on with is the
 * database's to say. Not thread-safe.
 */
public final class Perseverance {

  private final Timing timing;
  private int losses;

  public Perseverance(Timing timing) {
    this.timing = timing;
  }

  /** Work of which each attempt goes on where the one before was stopped. */
  public interface Work<R> {

    /** On connections of its own. */
    R attempt() throws SQLException, InterruptedException;

    /** Whether something may be half done; before, a loss is for whoever gave the command. */
    boolean hasBegun();

    /** Asks the database, on a connection of its own, whether there is something to go on with. */
    boolean isUnderWay() throws SQLException;

    /** Hears why it waits. */
    void waiting(String reason);
  }

  /**
   * Works to the end.
   *
   * @throws SQLException where nothing had begun, nothing is under way any more, or it is no loss
   *     of a connection
   */
  public <R> R through(Work<R> work) throws SQLException, InterruptedException {
    while (true) {
      try {
        return work.attempt();
      } catch (SQLException e) {
        if (SqlState.of(e) != SqlState.LOST || !work.hasBegun() || !goesOn(work, e)) {
          throw e;
        }
      }
    }
  }

  /** The work got on: the next loss is the first in a row again. */
  public void gotOn() {
    losses = 0;
  }

  /** Waits until the database answers; then whether there is something to go on with. */
  private boolean goesOn(Work<?> work, SQLException loss)
      throws SQLException, InterruptedException {
    Backoff backoff = new Backoff(timing.random());
    while (true) {
      // Counted over the attempts: a server that ends each session at once is not hammered.
      Duration pause = backoff.pause(++losses);
      work.waiting(
          "the connection was lost (%s); the next attempt is in %d ms"
              .formatted(SqlState.sentence(loss), pause.toMillis()));
      timing.sleeper().sleep(pause);
      try {
        return work.isUnderWay();
      } catch (SQLException e) {
        if (SqlState.of(e) != SqlState.LOST) {
          throw e;
        }
      }
    }
  }
}
