package dev.gatefold.backfill;

import dev.gatefold.backfill.checkpoint.CheckpointStore;
import dev.gatefold.backfill.fence.Fence;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.session.Transactions;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Fills the new shape of every row of a table that was there when it first ran. Later rows are the
 * sync's, whose transaction must have been committed before.
 *
 * <p>Not thread-safe; one per table and worker.
 */
public final class Backfill {

  private final Fence fence;
  private final CheckpointStore checkpoints;
  private final ProgressListener listener;
  private final Timing timing;

  public Backfill(
      Fence fence, CheckpointStore checkpoints, ProgressListener listener, Timing timing) {
    this.fence = fence;
    this.checkpoints = checkpoints;
    this.listener = listener;
    this.timing = timing;
  }

  /**
   * Goes on from the last checkpoint until the end, or until something ends it.
   *
   * @param connection in autocommit mode, and given back in it; {@code row_security} off
   * @throws SQLException where connection, server or rights fail; the next run goes on
   * @throws InterruptedException between two batches, when the thread is interrupted
   */
  public BackfillOutcome run(Connection connection, BackfillJob job)
      throws SQLException, InterruptedException {
    try (Transactions transactions = Transactions.on(connection, job.transactionSettings())) {
      Batch batch = new Batch(job, transactions, fence, checkpoints, timing.ticker());
      return new Pass(job, batch, new Culprits(job, transactions), listener, timing).run();
    }
  }
}
