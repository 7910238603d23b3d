package dev.gatefold.executor;

import dev.gatefold.executor.database.SqlState;
import dev.gatefold.executor.engine.Shift;
import dev.gatefold.executor.engine.StageEngine;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.outcome.Summary;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.Request;
import dev.gatefold.executor.store.Request.End;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A promotion that a worker runs for whoever asked for it. */
final class Errand {

  private final Site site;
  private final Connection connection;
  private final Request request;

  /** {@code connection} has taken the request; the work is done on another. */
  Errand(Site site, Connection connection, Request request) {
    this.site = site.onBehalfOf(request.actor());
    this.connection = connection;
    this.request = request;
  }

  /**
   * Runs it to its end, which is written down; or gives it back, and answers nothing.
   *
   * @throws SQLException if the connection was lost; the request is free as soon as the server
   *     notices
   */
  Optional<Outcome> run(StageListener listener) throws SQLException {
    Outcome outcome;
    try {
      outcome = Watch.readingFeeds(site, listener).over(request.change(), this::promote);
    } catch (SQLException e) {
      if (SqlState.of(e) == SqlState.LOST) {
        throw e;
      }
      // The same again would fail again: a right is missing, or nobody has thought of it.
      outcome =
          new Outcome.Stopped(
              "",
              "%s (SQLSTATE %s)".formatted(SqlState.sentence(e), e.getSQLState()),
              List.of(),
              "Remove the cause, then promote again.");
    }
    if (isUnfinished(outcome)) {
      site.stores().requests().giveBack(connection, request);
      return Optional.empty();
    }
    site.stores().requests().end(connection, request, end(outcome));
    return Optional.of(outcome);
  }

  private Outcome promote(Shift shift, StageEngine engine)
      throws SQLException, InterruptedException {
    Rollout rollout = shift.rollout();
    if (!rollout.plan().fingerprint().equals(request.fingerprint())) {
      return new Outcome.OutOfOrder(
          "%s was submitted with another plan since the promotion was asked for"
              .formatted(rollout.change()),
          "Look at the plan, then promote again.");
    }
    return new StagePromotion(
            site, new PromotionOrder(request.stage(), request.evidence(), request.reason()))
        .run(shift, engine);
  }

  /**
   * Whether it is for another worker to go on: this one was told to end, or somebody else is at
   * work on the rollout. A pause is an end; it was meant.
   */
  private boolean isUnfinished(Outcome outcome) throws SQLException {
    if (Thread.currentThread().isInterrupted()) {
      return outcome instanceof Outcome.Stopped;
    }
    boolean stopped = outcome instanceof Outcome.Stopped || outcome instanceof Outcome.Waits;
    return stopped
        && !site.stores()
            .rollouts()
            .find(connection, request.change())
            .map(Rollout::paused)
            .orElse(false)
        && (outcome instanceof Outcome.Waits
            || site.stores().leases().isHeld(connection, request.rollout()));
  }

  private static End end(Outcome outcome) {
    Summary summary = Summary.of(outcome);
    return new End(summary.word(), summary.message(), summary.cure(), summary.evidence());
  }
}
