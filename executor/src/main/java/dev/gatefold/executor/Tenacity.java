package dev.gatefold.executor;

import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.executor.database.Perseverance;
import dev.gatefold.executor.database.ServerFacts;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A promotion that goes on with a stage {@code backfill} whatever becomes of the connection. Not
 * thread-safe.
 */
final class Tenacity implements StageListener, Perseverance.Work<Outcome> {

  private final Site site;
  private final ChangeName change;
  private final PromotionOrder order;
  private final StageListener listener;
  private final Perseverance perseverance;
  private Optional<Step> step = Optional.empty();

  Tenacity(Site site, ChangeName change, PromotionOrder order, StageListener listener) {
    this.site = site;
    this.change = change;
    this.order = order;
    this.listener = listener;
    this.perseverance = new Perseverance(site.timing());
  }

  /** Runs the promotion to its end. */
  Outcome promote() throws SQLException {
    try {
      return perseverance.through(this);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Stopped("", "interrupted", List.of(), "Run the same command again.");
    }
  }

  @Override
  public Outcome attempt() throws SQLException {
    return Watch.readingFeeds(site, this).over(change, new StagePromotion(site, order));
  }

  /** Before the first step nothing has begun that could be left half done. */
  @Override
  public boolean hasBegun() {
    return order.stage() == StageName.BACKFILL && step.isPresent();
  }

  @Override
  public boolean isUnderWay() throws SQLException {
    try (Connection connection = site.database().getConnection()) {
      ServerFacts.requirePrimary(connection);
      return site.stores()
          .rollouts()
          .find(connection, change)
          .filter(Tenacity::isBackfilling)
          .isPresent();
    }
  }

  private static boolean isBackfilling(Rollout rollout) {
    return rollout.state() == RolloutState.BACKFILLING && rollout.failure().isEmpty();
  }

  @Override
  public void waiting(String reason) {
    listener.waiting(step.orElseThrow(), reason);
  }

  @Override
  public void started(StageName stage, Step started, int number, int of) {
    step = Optional.of(started);
    listener.started(stage, started, number, of);
  }

  @Override
  public void progress(Step moving, Progress progress) {
    perseverance.gotOn();
    listener.progress(moving, progress);
  }

  @Override
  public void waiting(Step held, String reason) {
    listener.waiting(held, reason);
  }

  @Override
  public void done(Step ended, Duration took) {
    perseverance.gotOn();
    listener.done(ended, took);
  }
}
