package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.fence.Fence;
import dev.gatefold.backfill.fence.FenceAnswer;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyOrder;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.KeyReader;
import dev.gatefold.backfill.range.KeySql;
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
 * must not be READ ONLY, and are all rolled back. Not thread-safe.
 */
final class RangeReader {

  private final VerificationJob job;
  private final KeyReader keys;
  private final Transactions transactions;
  private final Fence fence;

  RangeReader(VerificationJob job, Transactions transactions, Fence fence) {
    this.job = job;
    this.keys = new KeyReader(new KeySql(job.rows()));
    this.transactions = transactions;
    this.fence = fence;
  }

  /** Finds the greatest key: what is written above it is written under the sync's eyes. */
  RangeResult open() throws SQLException {
    return guarded(this::opened);
  }

  private RangeResult opened(Connection connection) throws SQLException {
    Optional<Key> end = keys.last(connection);
    Optional<String> objection = KeyOrder.objection(connection, job.rows());
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
    return guarded(connection -> compared(connection, rest, rows));
  }

  private RangeResult compared(Connection connection, KeyRange rest, int rows) throws SQLException {
    Key end = keys.bound(connection, rest, rows).orElse(rest.end());
    if (TableIdentity.read(connection, job.rows()).isEmpty()) {
      return stopped(TableIdentity.gone(job.rows()));
    }
    Tally tally = new RangeCheck(connection, job).compare(rest.upTo(end));
    return new RangeResult.Compared(tally, new KeyRange(Optional.of(end), rest.end()));
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
        return new RangeResult.Hindered(e);
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
