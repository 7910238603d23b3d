package dev.gatefold.backfill;

import dev.gatefold.backfill.checkpoint.Checkpoint;
import dev.gatefold.backfill.checkpoint.CheckpointStore;
import dev.gatefold.backfill.fence.Fence;
import dev.gatefold.backfill.fence.FenceAnswer;
import dev.gatefold.backfill.pace.Ticker;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyOrder;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.KeyReader;
import dev.gatefold.backfill.range.KeySql;
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
  private final KeyReader keys;
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
    this.keys = new KeyReader(new KeySql(mapping));
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
    Optional<Key> end = keys.last(connection);
    Optional<TableIdentity> table = TableIdentity.read(connection, mapping);
    if (table.isEmpty()) {
      return stopped(TableIdentity.gone(mapping));
    }
    Optional<String> objection = KeyOrder.objection(connection, mapping);
    if (objection.isPresent()) {
      return stopped(objection.get());
    }
    Optional<Checkpoint> kept = checkpoints.load(connection);
    return kept.isPresent() ? resumed(kept.get()) : begun(transaction, table.get(), end);
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
    // The file may be another one (VACUUM FULL, pg_repack): that moves rows, but no keys.
    return kept.table().oid() == mapping.oid() && kept.end().values().size() == mapping.key().size()
        ? new BatchResult.Opened(kept)
        : stopped("the checkpoint belongs to another table or another key than " + mapping.table());
  }

  private BatchResult passed(Transaction transaction, Checkpoint from, int rows)
      throws SQLException {
    Connection connection = transaction.connection();
    Optional<Key> bound = keys.bound(connection, from.rest(), rows);
    // Only now: the read above has locked whatever table the name means until the transaction ends.
    Optional<TableIdentity> table = TableIdentity.read(connection, mapping);
    if (table.isEmpty()) {
      return stopped(TableIdentity.gone(mapping));
    }
    KeyRange range = from.rest().upTo(bound.orElse(from.end()));
    long passed = bound.isPresent() ? rows : keys.count(connection, range);
    return written(transaction, range, from.passed(table.get(), range.end(), passed), passed);
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
