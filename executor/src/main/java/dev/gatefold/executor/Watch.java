package dev.gatefold.executor;

import dev.gatefold.executor.database.Patience;
import dev.gatefold.executor.ddl.StepLedger;
import dev.gatefold.executor.engine.Shift;
import dev.gatefold.executor.engine.StageEngine;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.feed.FeedAttendance;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.Lease;
import dev.gatefold.planner.change.ChangeName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Takes ownership of a rollout, lets work be done under it, and gives it back. */
final class Watch {

  private final Site site;
  private final StageListener listener;
  private final boolean readsFeeds;

  Watch(Site site, StageListener listener) {
    this(site, listener, false);
  }

  private Watch(Site site, StageListener listener, boolean readsFeeds) {
    this.site = site;
    this.listener = listener;
    this.readsFeeds = readsFeeds;
  }

  /** For work that needs the change feeds to be read, or has to turn them round. */
  static Watch readingFeeds(Site site, StageListener listener) {
    return new Watch(site, listener, true);
  }

  /** Work on a rollout that nobody else works on meanwhile. */
  interface Work {
    Outcome run(Shift shift, StageEngine engine) throws SQLException, InterruptedException;

    /** What there is to say where somebody else has just moved the rollout to where it is now. */
    default Optional<Outcome> overtaken(Rollout now) {
      return Optional.empty();
    }
  }

  Outcome over(ChangeName change, Work work) throws SQLException {
    try (Connection connection = site.database().getConnection()) {
      Optional<Rollout> found = site.stores().rollouts().find(connection, change);
      if (found.isEmpty()) {
        return Answers.noSuchChange(change);
      }
      Optional<Lease> lease =
          Patience.until(
              () -> site.stores().leases().acquire(connection, found.get().id()),
              site.timing().sleeper());
      if (lease.isEmpty()) {
        return new Outcome.Waits(
            "another executor works on %s: %s"
                .formatted(change, site.stores().leases().holder(connection, found.get().id())),
            "Wait until it is done, or end it; then run the same command again.");
      }
      Rollout rollout = site.stores().rollouts().find(connection, change).orElseThrow();
      if (rollout.state() != found.get().state()) {
        // Somebody else worked on it while we waited: what was meant then may be wrong now.
        release(connection, lease.get());
        return work.overtaken(rollout)
            .orElseGet(
                () ->
                    new Outcome.Waits(
                        "%s was %s when the command began and is %s now"
                            .formatted(change, found.get().state().word(), rollout.state().word()),
                        "Look at gatefold status, then decide again."));
      }
      try (FeedAttendance feeds = feeds(connection, rollout)) {
        Shift shift =
            new Shift(
                connection,
                site.database()::getConnection,
                lease.get(),
                rollout,
                site.stores(),
                site.standbys(),
                listener,
                site.timing(),
                feeds);
        return work.run(
            shift,
            new StageEngine(
                shift,
                site.database(),
                site.policy(),
                new StepLedger(site.database(), rollout.id())));
      } finally {
        release(connection, lease.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Stopped("", "interrupted", List.of(), "Run the same command again.");
    }
  }

  private FeedAttendance feeds(Connection connection, Rollout rollout) throws SQLException {
    return readsFeeds
        ? FeedAttendance.of(site.feeds(), connection, rollout)
        : FeedAttendance.none(site.feeds());
  }

  /**
   * Before the session is closed, which the server may notice only after the next command began.
   */
  private void release(Connection connection, Lease lease) {
    try {
      site.stores().leases().release(connection, lease);
    } catch (SQLException e) {
      // The session is lost, and the server gives its locks back.
      System.getLogger(Watch.class.getName())
          .log(System.Logger.Level.DEBUG, "giving the lease back failed", e);
    }
  }
}
