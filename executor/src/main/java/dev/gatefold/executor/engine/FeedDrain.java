package dev.gatefold.executor.engine;

import dev.gatefold.backfill.copy.CopyTurn;
import dev.gatefold.executor.database.SqlState;
import dev.gatefold.executor.database.Transaction;
import dev.gatefold.executor.feed.FeedLateException;
import dev.gatefold.executor.feed.FeedTurn;
import dev.gatefold.executor.store.FeedStore.Made;
import dev.gatefold.planner.plan.Feed;
import dev.gatefold.planner.plan.Step.BriefDdl;
import dev.gatefold.planner.plan.Sync;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets a step that turns feeds round find all applied that was written before: nearly all of it
 * beside traffic, the rest under the step's lock. Not thread-safe.
 */
final class FeedDrain {

  private final Shift shift;
  private final BriefDdl step;
  private final List<Sync> drained;
  private final List<FeedTurn> turns = new ArrayList<>();

  FeedDrain(Shift shift, BriefDdl step) {
    this.shift = shift;
    this.step = step;
    this.drained =
        step.syncs().stream().filter(sync -> sync.feed().filter(Feed::drains).isPresent()).toList();
  }

  /** Runs an attempt of the step in a transaction; the feeds go on however it ends. */
  StepResult around(Transaction.Work<StepResult> attempt)
      throws SQLException, InterruptedException {
    try {
      for (Sync sync : drained) {
        Optional<StepResult> objection = begin(sync);
        if (objection.isPresent()) {
          return objection.get();
        }
      }
      return Transaction.in(
          shift.connection(),
          () -> {
            takeTurns();
            return attempt.run();
          });
    } finally {
      for (FeedTurn turn : turns) {
        turn.close();
      }
      turns.clear();
    }
  }

  /**
   * Keeps everybody out who applies what comes through Kafka. Before the step's lock: one of them
   * may have the turn, and wait for a row.
   */
  private void takeTurns() throws SQLException {
    for (Sync sync : step.syncs()) {
      Optional<Feed> feed = sync.feed().filter(it -> it.lanes().isPresent());
      if (feed.isPresent()) {
        takeTurn(feed.get());
      }
    }
  }

  private void takeTurn(Feed feed) throws SQLException {
    try {
      CopyTurn.patiently(CopyTurn.alone(feed.rows()), "0").run(shift.connection());
    } catch (SQLException e) {
      if (SqlState.of(e) == SqlState.LOCKED) {
        throw new FeedLateException(
            "those who apply the change feed of %s are at work".formatted(feed.rows().table()));
      }
      throw e;
    }
  }

  private Optional<StepResult> begin(Sync sync) throws SQLException, InterruptedException {
    Optional<Made> made = shift.stores().feeds().find(shift.connection(), shift.id(), sync.oid());
    if (made.isEmpty()) {
      return Optional.of(
          StepResult.Failed.because(
              "the change feed of %s is gone".formatted(sync.table()),
              "Roll back and submit the change again."));
    }
    FeedTurn turn = shift.feeds().turn(shift.connection(), made.get());
    turns.add(turn);
    return turn.hopeless().map(FeedDrain::refused);
  }

  /** Why the step must not go on; empty where nothing is left to apply. */
  Optional<StepResult> underLock() throws SQLException {
    for (FeedTurn turn : turns) {
      Optional<String> left = drain(turn);
      if (left.isPresent()) {
        return left.map(FeedDrain::refused);
      }
    }
    return Optional.empty();
  }

  private Optional<String> drain(FeedTurn turn) throws SQLException {
    try {
      return turn.drain(shift.connection());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FeedLateException("interrupted");
    }
  }

  private static StepResult refused(String why) {
    return StepResult.Failed.because(why, "Mend those rows with plain UPDATEs.");
  }
}
