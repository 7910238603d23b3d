package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.fence.Fence;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.session.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Compares old and new shape of every row of a table. Writes nothing. Each run is a whole pass: one
 * that ends early says nothing, and the next begins anew.
 *
 * <p>Not thread-safe.
 */
public final class Verifier {

  private final Fence fence;
  private final ProgressListener listener;
  private final Timing timing;

  public Verifier(Fence fence, ProgressListener listener, Timing timing) {
    this.fence = fence;
    this.listener = listener;
    this.timing = timing;
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
    try (Transactions transactions = Transactions.on(connection, List.of())) {
      RangeReader reader = new RangeReader(job, transactions, fence);
      return new VerificationPass(job, reader, listener, timing).run();
    }
  }
}
