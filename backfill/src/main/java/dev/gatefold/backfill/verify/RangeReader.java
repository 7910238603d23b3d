package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.fence.Fence;
import dev.gatefold.backfill.fence.FenceAnswer;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.Ranges;
import dev.gatefold.backfill.range.TableIdentity;
import dev.gatefold.backfill.session.Failure;
import dev.gatefold.backfill.session.Transaction;
import dev.gatefold.backfill.session.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The transactions of a verification. They write nothing but the fence's row lock, for which they
 * must not be READ ONLY, and are all rolled back. Where rows do not keep their places, they are
 * looked at in one snapshot beside them. Not thread-safe.
 */
final class RangeReader {

  private final VerificationJob job;
  private final Ranges ranges;
  private final Sight sight;
  private final Transactions transactions;
  private final Fence fence;

  RangeReader(VerificationJob job, Transactions transactions, Fence fence, Sight sight) {
    this.job = job;
    this.ranges = Ranges.of(job.rows());
    this.sight = sight;
    this.transactions = transactions;
    this.fence = fence;
  }

  /** Finds where the pass ends: what is written behind that is written under the sync's eyes. */
  RangeResult open() throws SQLException {
    return guarded(fenced -> opened(sight.begin(fenced)));
  }

  private RangeResult opened(Connection connection) throws SQLException {
    Optional<Key> end = ranges.end(connection);
    Optional<String> objection = ranges.objection(connection);
    if (objection.isPresent()) {
      return stopped(objection.get());
    }
    if (TableIdentity.read(connection, job.rows()).isEmpty()) {
      return stopped(TableIdentity.gone(job.rows()));
    }
    return end.isPresent()
        ? new RangeResult.Opened(new KeyRange(Optional.empty(), end.get()))
        : new RangeResult.Ended(new Verification.Verified(0, 0, List.of()));
  }

  /** Compares up to so many of the rows. */
  RangeResult compare(KeyRange rest, int rows) throws SQLException {
    return guarded(fenced -> compared(sight.goOn(fenced), rest, rows));
  }

  private RangeResult compared(Connection connection, KeyRange rest, int rows) throws SQLException {
    KeyRange range = ranges.slice(connection, rest, rows).range();
    if (TableIdentity.read(connection, job.rows()).isEmpty()) {
      return stopped(TableIdentity.gone(job.rows()));
    }
    Tally tally = new RangeCheck(connection, job).compare(range);
    return new RangeResult.Compared(tally, new KeyRange(Optional.of(range.end()), rest.end()));
  }

  private interface Work {
    RangeResult on(Connection connection) throws SQLException;
  }

  private RangeResult guarded(Work work) throws SQLException {
    try (Transaction transaction = transactions.begin()) {
      Optional<Verification> end = ended(fence.check(transaction.connection()));
      return end.isPresent() ? new RangeResult.Ended(end.get()) : work.on(transaction.connection());
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
