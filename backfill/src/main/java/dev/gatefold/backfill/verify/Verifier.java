package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.fence.Fence;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.range.Ranges;
import dev.gatefold.backfill.session.Connections;
import dev.gatefold.backfill.session.Snapshot;
import dev.gatefold.backfill.session.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Compares old and new shape of every row of a table, and writes nothing but the result of each
 * range. Only a whole pass says anything; one that ended early goes on where it was if the store
 * says that it still counts.
 *
 * <p>Not thread-safe.
 */
public final class Verifier {

  private final Fence fence;
  private final PassStore passes;
  private final Restraint restraint;
  private final ProgressListener listener;
  private final Timing timing;
  private final Connections connections;

  /**
   * A verifier.
   *
   * @param connections for tables without a key, whose rows are compared in one snapshot on a
   *     connection of its own
   */
  public Verifier(
      Fence fence,
      PassStore passes,
      Restraint restraint,
      ProgressListener listener,
      Timing timing,
      Connections connections) {
    this.fence = fence;
    this.passes = passes;
    this.restraint = restraint;
    this.listener = listener;
    this.timing = timing;
    this.connections = connections;
  }

  private Sight sight(VerificationJob job) {
    return Ranges.of(job.rows()).steady()
        ? Sight.ofTheMoment()
        : Sight.inOne(new Snapshot(connections, job.rows().table().quoted()));
  }

  /**
   * Runs one pass.
   *
   * @param connection in autocommit mode, and given back in it; {@code row_security} off, or
   *     policies would hide rows
   * @throws SQLException where connection, server or rights fail, or the comparison itself is wrong
   * @throws InterruptedException between two ranges, when the thread is interrupted
   */
  public Verification run(Connection connection, VerificationJob job)
      throws SQLException, InterruptedException {
    try (Transactions transactions = Transactions.on(connection, List.of());
        Sight sight = sight(job)) {
      RangeReader reader = new RangeReader(job, transactions, fence, passes, sight);
      RangePace pace = new RangePace(restraint, timing, listener);
      return new VerificationPass(job, reader, pace, listener, timing).run();
    }
  }
}
