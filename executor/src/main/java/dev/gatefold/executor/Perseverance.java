package dev.gatefold.executor;

import dev.gatefold.backfill.pace.Backoff;
import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.executor.database.SqlState;
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
import java.util.Optional;

/**
 * Goes on with a stage {@code backfill}, which may take hours, whatever becomes of the connection:
 * a restart of the server, a failover and a broken wire end none. Whether there is anything to go
 * on with is the database's to say.
 */
final class Perseverance {

  private final Site site;
  private final StageListener listener;

  Perseverance(Site site, StageListener listener) {
    this.site = site;
    this.listener = listener;
  }

  /** Runs a promotion to its end. */
  Outcome promote(ChangeName change, PromotionOrder order) throws SQLException {
    if (order.stage() != StageName.BACKFILL) {
      return new Watch(site, listener).over(change, new StagePromotion(site, order));
    }
    LastStep heard = new LastStep(listener);
    while (true) {
      try {
        return new Watch(site, heard).over(change, new StagePromotion(site, order));
      } catch (SQLException e) {
        // Before the first step nothing has begun that could be left half done.
        if (SqlState.of(e) != SqlState.LOST || heard.step.isEmpty() || !goesOn(change, heard, e)) {
          throw e;
        }
      }
    }
  }

  /** Waits until the database answers; then whether the stage is still under way. */
  private boolean goesOn(ChangeName change, LastStep heard, SQLException loss) throws SQLException {
    Backoff backoff = new Backoff(site.timing().random());
    while (true) {
      // Counted over the attempts: a server that ends each session at once is not hammered.
      Duration pause = backoff.pause(++heard.losses);
      heard.waiting(
          heard.step.orElseThrow(),
          "the connection was lost (%s); the next attempt is in %d ms"
              .formatted(SqlState.sentence(loss), pause.toMillis()));
      try {
        site.timing().sleeper().sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      try (Connection connection = site.database().getConnection()) {
        return site.stores()
            .rollouts()
            .find(connection, change)
            .filter(this::isUnderWay)
            .isPresent();
      } catch (SQLException e) {
        if (SqlState.of(e) != SqlState.LOST) {
          throw e;
        }
      }
    }
  }

  private boolean isUnderWay(Rollout rollout) {
    return rollout.state() == RolloutState.BACKFILLING && rollout.failure().isEmpty();
  }

  /** Knows at which step the work is, and how often in a row it was lost without getting on. */
  private static final class LastStep implements StageListener {

    private final StageListener next;
    private Optional<Step> step = Optional.empty();
    private int losses;

    LastStep(StageListener next) {
      this.next = next;
    }

    @Override
    public void started(StageName stage, Step started, int number, int of) {
      step = Optional.of(started);
      next.started(stage, started, number, of);
    }

    @Override
    public void progress(Step moving, Progress progress) {
      losses = 0;
      next.progress(moving, progress);
    }

    @Override
    public void waiting(Step held, String reason) {
      next.waiting(held, reason);
    }

    @Override
    public void done(Step ended, Duration took) {
      losses = 0;
      next.done(ended, took);
    }
  }
}
