package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.fence.BatchFence;
import dev.gatefold.backfill.fence.FenceAnswer;
import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.KeySql;
import dev.gatefold.backfill.range.Ranges;
import dev.gatefold.backfill.range.Ranges.Slice;
import dev.gatefold.backfill.range.TableIdentity;
import dev.gatefold.backfill.session.Attempt;
import dev.gatefold.backfill.session.Failure;
import dev.gatefold.backfill.session.Savepoints;
import dev.gatefold.backfill.session.Transaction;
import dev.gatefold.backfill.session.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The transactions of a repair, each with its record or not at all. Not thread-safe. */
final class Mender {

  private final VerificationJob job;
  private final Repair repair;
  private final RowWriter writer;
  private final Ranges ranges;
  private final KeySql places;
  private final Transactions transactions;
  private final BatchFence fence;

  Mender(VerificationJob job, Repair repair, Transactions transactions, BatchFence fence) {
    this.job = job;
    this.repair = repair;
    this.writer = RowWriter.of(job, repair.from(), false);
    this.ranges = Ranges.of(job.rows());
    this.places = new KeySql(job.rows());
    this.transactions = transactions;
    this.fence = fence;
  }

  /** Asks the owner's record alone; empty where the repair may go on. */
  Optional<Verification> owner() throws SQLException {
    try (Transaction transaction = transactions.begin()) {
      return ended(fence.check(transaction.connection()));
    }
  }

  /** Repairs up to so many of the rows. */
  MendResult mend(KeyRange rest, int rows) throws SQLException {
    try (Transaction transaction = transactions.begin()) {
      Optional<Verification> end = ended(fence.check(transaction.connection()));
      return end.isPresent() ? new MendResult.Ended(end.get()) : mended(transaction, rest, rows);
    } catch (SQLException e) {
      if (Failure.of(e) == Failure.BUSY) {
        return new MendResult.Hindered(e);
      }
      throw e;
    }
  }

  private MendResult mended(Transaction transaction, KeyRange rest, int rows) throws SQLException {
    Connection connection = transaction.connection();
    writer.begin(connection, true);
    Slice slice = ranges.slice(connection, rest, rows);
    if (TableIdentity.read(connection, job.rows()).isEmpty()) {
      return new MendResult.Ended(new Verification.Stopped(TableIdentity.gone(job.rows())));
    }
    Attempt<List<Key>> whole =
        Savepoints.attempt(connection, on -> writer.write(on, places.rows(slice.range())));
    Optional<List<Key>> written = whole.match(Optional::of, error -> Optional.empty());
    if (written.isPresent()) {
      return committed(transaction, slice, written.get(), Optional.empty());
    }
    return slice.rows() > 1 ? new MendResult.Split(slice.rows()) : alone(transaction, slice);
  }

  private MendResult alone(Transaction transaction, Slice row) throws SQLException {
    RowWriter.Result result = writer.alone(transaction.connection(), places.rows(row.range()));
    Key place = row.range().end();
    Optional<BadRow> bad = result.refusal().map(reason -> new BadRow(ranges.named(place), reason));
    return committed(transaction, row, result.written() ? List.of(place) : List.of(), bad);
  }

  private MendResult committed(
      Transaction transaction, Slice slice, List<Key> written, Optional<BadRow> failed)
      throws SQLException {
    List<Key> named = written.stream().map(ranges::named).toList();
    if (!named.isEmpty()) {
      repair.log().repaired(transaction.connection(), named);
    }
    transaction.commit();
    return new MendResult.Mended(slice.range(), slice.rows(), failed);
  }

  private static Optional<Verification> ended(FenceAnswer answer) {
    return answer.match(
        Optional::empty,
        paused -> Optional.of(new Verification.Paused(paused.reason())),
        lost -> Optional.of(new Verification.OwnerLost(lost.reason())));
  }
}
