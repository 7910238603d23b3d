package dev.gatefold.executor.work;

import dev.gatefold.backfill.pace.Sleeper;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.executor.Rollouts;
import dev.gatefold.executor.Rollouts.Worked;
import dev.gatefold.executor.database.SqlState;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.notify.Endpoint;
import dev.gatefold.executor.standalone.Backfills.Ran;
import dev.gatefold.executor.standalone.Backfills.Watch;
import dev.gatefold.planner.change.ChangeName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Takes one promotion or backfill after the other, and lets backfills begin at their moments. As
 * many as one likes may work on a database, anywhere. Its thread is interrupted to end it: what it
 * works on is then given back after the batch. Not thread-safe.
 */
public final class Worker {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /** A server that restarts is back within seconds, and one that is gone should not be hammered. */
  private static final Duration BETWEEN_CONNECTIONS = Duration.ofSeconds(5);

  private static final Duration TO_TELL = Duration.ofSeconds(30);

  private final Connector connector;
  private final List<Endpoint> endpoints;
  private final Sleeper sleeper;
  private final Watcher watcher;
  private final boolean appliesLanes;

  /** {@code endpoints} are told between two promotions. */
  public Worker(Connector connector, List<Endpoint> endpoints, Sleeper sleeper, Watcher watcher) {
    this(connector, endpoints, sleeper, watcher, false);
  }

  /** {@code appliesLanes} where it takes part in feeds that go through Kafka. */
  public Worker(
      Connector connector,
      List<Endpoint> endpoints,
      Sleeper sleeper,
      Watcher watcher,
      boolean appliesLanes) {
    this.appliesLanes = appliesLanes;
    this.connector = connector;
    this.endpoints = List.copyOf(endpoints);
    this.sleeper = sleeper;
    this.watcher = watcher;
  }

  /** Connects to the database. */
  @FunctionalInterface
  public interface Connector {
    Rollouts connect() throws SQLException;
  }

  /** Whoever looks on. Called by the worker's thread, which waits meanwhile. */
  public interface Watcher {

    /** Hears how the stages go. */
    StageListener stages();

    /** A promotion ended, or was given back. */
    void worked(Worked worked);

    /** Hears how the rows of a backfill go that nobody promoted. */
    ProgressListener rows(ChangeName backfill);

    /** Such a backfill ended, or was given back. */
    void ran(Ran ran);

    /**
     * The database failed it.
     *
     * @throws RuntimeException if the same again would fail again; it ends the worker
     */
    void lost(SQLException e);
  }

  /** Works off what is asked for now, and what that leads to; then returns. */
  public void once() throws SQLException, InterruptedException {
    boolean over = false;
    while (!over) {
      try (Rollouts rollouts = connector.connect()) {
        try (Watch watch = rollouts.backfills().watch()) {
          watch.settle();
        }
        over = isWorkedOff(rollouts);
        if (over) {
          rollouts.tell(endpoints, TO_TELL);
        }
      }
    }
  }

  /**
   * Whether nothing is left; not where the connection was lost while something was brought to its
   * end, which has others.
   */
  private boolean isWorkedOff(Rollouts rollouts) throws SQLException, InterruptedException {
    boolean worked = false;
    try {
      rollouts.readFeeds(appliesLanes);
      while (look(rollouts)) {
        // What that led to is next.
        worked = true;
      }
      return true;
    } catch (SQLException e) {
      if (!worked || SqlState.of(e) != SqlState.LOST) {
        throw e;
      }
      watcher.lost(e);
      return false;
    }
  }

  /** Works until it is interrupted. */
  public void untilInterrupted() throws InterruptedException {
    while (true) {
      try (Rollouts rollouts = connector.connect()) {
        stay(rollouts);
      } catch (SQLException e) {
        watcher.lost(e);
        sleeper.sleep(BETWEEN_CONNECTIONS);
      }
    }
  }

  private void stay(Rollouts rollouts) throws SQLException, InterruptedException {
    try (Watch watch = rollouts.backfills().watch()) {
      watch.settle();
      while (true) {
        // Before any work: what is done may have to wait for a feed.
        rollouts.readFeeds(appliesLanes);
        boolean more = look(rollouts);
        rollouts.tell(endpoints, TO_TELL);
        if (!more) {
          rollouts.sample();
          sleeper.sleep(BETWEEN_LOOKS);
        }
      }
    }
  }

  /**
   * Takes what there is, promotions first, and else helps others; answers whether it did and
   * brought it to its end.
   */
  private boolean look(Rollouts rollouts) throws SQLException, InterruptedException {
    Optional<Worked> worked = rollouts.work(watcher.stages());
    worked.ifPresent(watcher::worked);
    Optional<Ran> ran =
        worked.isPresent() ? Optional.empty() : rollouts.backfills().work(watcher::rows);
    ran.ifPresent(watcher::ran);
    if (Thread.interrupted()) {
      throw new InterruptedException("the worker is told to end");
    }
    boolean idle = worked.isEmpty() && ran.isEmpty();
    return (idle && helped(rollouts))
        || worked.flatMap(Worked::outcome).or(() -> ran.flatMap(Ran::outcome)).isPresent();
  }

  private boolean helped(Rollouts rollouts) throws SQLException, InterruptedException {
    return rollouts.help(watcher.stages()) || rollouts.backfills().help(watcher::rows);
  }
}
