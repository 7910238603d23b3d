package dev.gatefold.backfill;

import dev.gatefold.backfill.checkpoint.Checkpoint;
import dev.gatefold.backfill.checkpoint.CheckpointStore;
import dev.gatefold.backfill.fence.Fence;
import dev.gatefold.backfill.fence.FenceAnswer;
import dev.gatefold.backfill.pace.Ticker;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.KeySql;
import dev.gatefold.backfill.range.Ranges;
import dev.gatefold.backfill.range.Ranges.Slice;
import dev.gatefold.backfill.range.TableIdentity;
import dev.gatefold.backfill.session.Failure;
import dev.gatefold.backfill.session.Transaction;
import dev.gatefold.backfill.session.Transactions;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** The transactions of a backfill, each whole or not at all. Not thread-safe. */
final class Batch {

  private final RowMapping mapping;
  private final BatchSql sql;
  private final Ranges ranges;
  private final int width;
  private final Transactions transactions;
  private final Fence fence;
  private final CheckpointStore checkpoints;
  private final Ticker ticker;

  Batch(
      BackfillJob job,
      Transactions transactions,
      Fence fence,
      CheckpointStore checkpoints,
      Ticker ticker) {
    this.mapping = job.rows();
    this.sql = new BatchSql(mapping, job.keepNew());
    this.ranges = Ranges.of(mapping);
    this.width = new KeySql(mapping).width();
    this.transactions = transactions;
    this.fence = fence;
    this.checkpoints = checkpoints;
    this.ticker = ticker;
  }

  /** Finds where to go on; at the very first, fixes where the backfill ends. */
  BatchResult open() throws SQLException {
    return guarded(this::opened);
  }

  /** Passes up to so many rows above the checkpoint. */
  BatchResult pass(Checkpoint from, int rows) throws SQLException {
    return guarded(transaction -> passed(transaction, from, rows));
  }

  private interface Work {
    BatchResult in(Transaction transaction) throws SQLException;
  }

  private BatchResult guarded(Work work) throws SQLException {
    try (Transaction transaction = transactions.begin()) {
      FenceAnswer answer = fence.check(transaction.connection());
      Optional<BackfillOutcome> end = ended(answer);
      return end.isPresent() ? new BatchResult.Ended(end.get()) : work.in(transaction);
    } catch (SQLException e) {
      if (Failure.of(e) == Failure.BUSY) {
        return new BatchResult.Hindered(e);
      }
      if (Failure.isMissingObject(e)) {
        return stopped(Failure.sentence(e));
      }
      throw e;
    }
  }

  private BatchResult opened(Transaction transaction) throws SQLException {
    Connection connection = transaction.connection();
    Optional<Key> end = ranges.end(connection);
    Optional<TableIdentity> table = TableIdentity.read(connection, mapping);
    if (table.isEmpty()) {
      return stopped(TableIdentity.gone(mapping));
    }
    Optional<String> objection = ranges.objection(connection);
    if (objection.isPresent()) {
      return stopped(objection.get());
    }
    Optional<Checkpoint> kept = checkpoints.load(connection);
    // Where the rows lie elsewhere by now, how far it was means nothing.
    Optional<Checkpoint> valid = kept.filter(it -> !ranges.voided(it.table(), table.get()));
    return valid.isPresent() ? resumed(valid.get()) : begun(transaction, table.get(), end);
  }

  private BatchResult begun(Transaction transaction, TableIdentity table, Optional<Key> end)
      throws SQLException {
    if (end.isEmpty()) {
      return new BatchResult.Ended(new BackfillOutcome.Finished(0));
    }
    Checkpoint first = new Checkpoint(table, Optional.empty(), end.get(), 0);
    checkpoints.save(transaction.connection(), first);
    transaction.commit();
    return new BatchResult.Opened(first);
  }

  private BatchResult resumed(Checkpoint kept) {
    return kept.table().oid() == mapping.oid() && kept.end().values().size() == width
        ? new BatchResult.Opened(kept)
        : stopped("the checkpoint belongs to another table or another key than " + mapping.table());
  }

  private BatchResult passed(Transaction transaction, Checkpoint from, int rows)
      throws SQLException {
    Connection connection = transaction.connection();
    Slice slice = ranges.slice(connection, from.rest(), rows);
    // Only now: the read above has locked whatever table the name means until the transaction ends.
    Optional<TableIdentity> table = TableIdentity.read(connection, mapping);
    if (table.isEmpty()) {
      return stopped(TableIdentity.gone(mapping));
    }
    if (ranges.voided(from.table(), table.get())) {
      return begun(transaction, table.get(), ranges.end(connection));
    }
    return written(
        transaction,
        slice.range(),
        from.passed(table.get(), slice.range().end(), slice.rows()),
        slice.rows());
  }

  private BatchResult written(Transaction transaction, KeyRange range, Checkpoint next, long rows)
      throws SQLException {
    long began = ticker.nanos();
    try {
      sql.update(range).run(transaction.connection());
    } catch (SQLException e) {
      if (Failure.of(e) == Failure.DATA) {
        return new BatchResult.Rejected(range, e);
      }
      throw e;
    }
    checkpoints.save(transaction.connection(), next);
    transaction.commit();
    return new BatchResult.Passed(next, rows, Duration.ofNanos(ticker.nanos() - began));
  }

  private static Optional<BackfillOutcome> ended(FenceAnswer answer) {
    return answer.match(
        Optional::empty,
        paused -> Optional.of(new BackfillOutcome.Paused(paused.reason())),
        lost -> Optional.of(new BackfillOutcome.OwnerLost(lost.reason())));
  }

  private static BatchResult stopped(String reason) {
    return new BatchResult.Ended(new BackfillOutcome.Stopped(reason));
  }
}
