package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.fence.BatchFence;
import dev.gatefold.backfill.fence.FenceAnswer;
import dev.gatefold.backfill.pace.Breath;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.Ranges;
import dev.gatefold.backfill.range.TableIdentity;
import dev.gatefold.backfill.session.Failure;
import dev.gatefold.backfill.session.Transaction;
import dev.gatefold.backfill.session.Transactions;
import dev.gatefold.backfill.verify.PassStore.Numbered;
import dev.gatefold.backfill.verify.PassStore.Point;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The transactions of a verification. They write nothing but the fence's row lock and the record of
 * what was found, which commits or not with the look at the rows. Where rows do not keep their
 * places, they are looked at in one snapshot beside that. Not thread-safe.
 */
final class RangeReader {

  private final VerificationJob job;
  private final Ranges ranges;
  private final Sight sight;
  private final Transactions transactions;
  private final BatchFence fence;
  private final PassStore passes;
  private final Optional<Settling> settling;

  RangeReader(
      VerificationJob job,
      Transactions transactions,
      BatchFence fence,
      PassStore passes,
      Sight sight,
      Optional<Settling> settling) {
    this.job = job;
    this.ranges = Ranges.of(job.rows());
    this.sight = sight;
    this.transactions = transactions;
    this.fence = fence;
    this.passes = passes;
    this.settling = settling;
  }

  /** Whether a pass that rests sees what it would see without the rest. */
  boolean mayRest() {
    return sight.survivesFailure();
  }

  /** Asks the owner's record alone; empty where the pass may go on. */
  Optional<Verification> owner() throws SQLException {
    try (Transaction transaction = transactions.begin()) {
      return ended(fence.check(transaction.connection()));
    }
  }

  /**
   * Finds where the pass goes on, or, where it begins, where it ends: what is written behind that
   * is written under the sync's eyes.
   */
  RangeResult open() throws SQLException {
    return guarded(fenced -> opened(fenced, sight.begin(fenced)));
  }

  private RangeResult opened(Connection fenced, Connection seen) throws SQLException {
    Optional<Key> end = ranges.end(seen);
    Optional<String> objection = ranges.objection(seen);
    if (objection.isPresent()) {
      return stopped(objection.get());
    }
    if (TableIdentity.read(seen, job.rows()).isEmpty()) {
      return stopped(TableIdentity.gone(job.rows()));
    }
    // Places in one snapshot mean nothing in another.
    Optional<Point> kept = ranges.steady() ? passes.load(fenced) : Optional.empty();
    if (kept.isPresent()) {
      return new RangeResult.Opened(kept.get());
    }
    passes.begin(fenced, end);
    return end.isPresent()
        ? new RangeResult.Opened(new Point(Optional.empty(), end.get(), 0, List.of()))
        : new RangeResult.Ended(new Verification.Verified(0, 0, List.of()));
  }

  /** Compares up to so many of the rows. */
  RangeResult compare(KeyRange rest, int rows, Breath breath) throws SQLException {
    return guarded(fenced -> compared(fenced, sight.goOn(fenced), rest, rows, breath));
  }

  private RangeResult compared(
      Connection fenced, Connection seen, KeyRange rest, int rows, Breath breath)
      throws SQLException {
    KeyRange range = ranges.slice(seen, rest, rows).range();
    if (TableIdentity.read(seen, job.rows()).isEmpty()) {
      return stopped(TableIdentity.gone(job.rows()));
    }
    RangeCheck check = new RangeCheck(seen, job, breath);
    Tally tally = check.compare(range);
    return new RangeResult.Compared(
        tally, passes.compared(fenced, range, tally.listed()), check.slept());
  }

  /** Whether a row that differs may be one that was not followed yet. */
  boolean looksTwice() {
    return settling.isPresent();
  }

  /** Compares the rows of a range that had differed. */
  RangeResult compareAgain(Numbered range) throws SQLException, InterruptedException {
    if (settling.isEmpty()) {
      return guarded(
          fenced ->
              comparedAgain(
                  fenced, range, new RangeCheck(sight.goOn(fenced), job, Breath.HELD)::compare));
    }
    Deque<SecondLook> look = new ArrayDeque<>();
    RangeResult first =
        guarded(
            fenced -> {
              look.add(SecondLook.after(fenced, job, range.range()));
              return new RangeResult.ComparedAgain(Tally.NONE, range);
            });
    if (!(first instanceof RangeResult.ComparedAgain)) {
      return first;
    }
    Optional<Verification> end = settled(settling.get().begin());
    return end.isPresent()
        ? new RangeResult.Ended(end.get())
        : guarded(
            fenced -> comparedAgain(fenced, range, rows -> look.getFirst().wrong(fenced, rows)));
  }

  /** With no transaction of ours open: what we wait for may have to wait for it. */
  private Optional<Verification> settled(Settling.Wait wait)
      throws SQLException, InterruptedException {
    while (true) {
      Settling.Standing standing = wait.look();
      if (standing instanceof Settling.Settled) {
        return Optional.empty();
      }
      if (standing instanceof Settling.Stuck stuck) {
        return Optional.of(new Verification.Unsettled(stuck.reason()));
      }
      Optional<Verification> end = owner();
      if (end.isPresent()) {
        return end;
      }
    }
  }

  private interface Comparison {
    Tally of(KeyRange range) throws SQLException;
  }

  private RangeResult comparedAgain(Connection fenced, Numbered range, Comparison comparison)
      throws SQLException {
    Connection seen = sight.goOn(fenced);
    Tally tally = comparison.of(range.range());
    // Only now: the read above has locked whatever table the name means until the transaction ends.
    if (TableIdentity.read(seen, job.rows()).isEmpty()) {
      return stopped(TableIdentity.gone(job.rows()));
    }
    passes.comparedAgain(fenced, range, tally.listed());
    return new RangeResult.ComparedAgain(tally, range);
  }

  private interface Work {
    RangeResult on(Connection connection) throws SQLException;
  }

  private RangeResult guarded(Work work) throws SQLException {
    try (Transaction transaction = transactions.begin()) {
      Optional<Verification> end = ended(fence.check(transaction.connection()));
      if (end.isPresent()) {
        return new RangeResult.Ended(end.get());
      }
      RangeResult result = work.on(transaction.connection());
      transaction.commit();
      return result;
    } catch (SQLException e) {
      if (Failure.of(e) == Failure.BUSY) {
        return new RangeResult.Hindered(e, !sight.survivesFailure());
      }
      if (Failure.isMissingObject(e)) {
        return stopped(Failure.sentence(e));
      }
      throw e;
    }
  }

  private static Optional<Verification> ended(FenceAnswer answer) {
    return answer.match(
        Optional::empty,
        paused -> Optional.of(new Verification.Paused(paused.reason())),
        lost -> Optional.of(new Verification.OwnerLost(lost.reason())));
  }

  private static RangeResult stopped(String reason) {
    return new RangeResult.Ended(new Verification.Stopped(reason));
  }
}
