package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.fence.BatchFence;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.range.Ranges;
import dev.gatefold.backfill.session.Connections;
import dev.gatefold.backfill.session.Snapshot;
import dev.gatefold.backfill.session.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Compares old and new shape of every row of a table, and, unless it is told to repair them, writes
 * nothing but the result of each range. Only a whole pass says anything; one that ended early goes
 * on where it was if the store says that it still counts.
 *
 * <p>Not thread-safe.
 */
public final class Verifier {

  private final BatchFence fence;
  private final PassStore passes;
  private final Restraint restraint;
  private final ProgressListener listener;
  private final Timing timing;
  private final Connections connections;
  private final Optional<Settling> settling;

  /**
   * A verifier of shapes that agree within each transaction.
   *
   * @param connections for tables without a key, whose rows are compared in one snapshot on a
   *     connection of its own
   */
  public Verifier(
      BatchFence fence,
      PassStore passes,
      Restraint restraint,
      ProgressListener listener,
      Timing timing,
      Connections connections) {
    this(fence, passes, restraint, listener, timing, connections, Optional.empty());
  }

  private Verifier(
      BatchFence fence,
      PassStore passes,
      Restraint restraint,
      ProgressListener listener,
      Timing timing,
      Connections connections,
      Optional<Settling> settling) {
    this.fence = fence;
    this.passes = passes;
    this.restraint = restraint;
    this.listener = listener;
    this.timing = timing;
    this.connections = connections;
    this.settling = settling;
  }

  /** The same of shapes of which one follows the other. */
  public Verifier looking(Settling twice) {
    return new Verifier(
        fence, passes, restraint, listener, timing, connections, Optional.of(twice));
  }

  /**
   * Runs one pass.
   *
   * @param connection in autocommit mode, and given back in it; {@code row_security} off, or
   *     policies would hide rows
   * @throws SQLException where connection, server or rights fail, or the comparison itself is wrong
   * @throws InterruptedException between two ranges, when the thread is interrupted
   */
  public Verification run(Connection connection, VerificationJob job, Findings findings)
      throws SQLException, InterruptedException {
    return pass(connection, job, passes, sight(job), Optional.empty(), findings);
  }

  /**
   * Runs one pass that repairs the rows of each range that differ, on a connection of its own, and
   * compares them again.
   */
  public Verification repair(
      Connection connection, VerificationJob job, Repair repair, Findings findings)
      throws SQLException, InterruptedException {
    boolean steady = Ranges.of(job.rows()).steady();
    try (Connection writing = connections.open();
        Transactions transactions = Transactions.on(writing, repair.settings())) {
      RangeRepair by =
          new RangeRepair(
              new Mender(job, repair, transactions, fence),
              new RangePace(restraint, RangePace.WRITING, repair.batchTime(), timing, listener),
              timing,
              listener);
      Verification outcome =
          pass(
              connection,
              job,
              steady ? passes : PassStore.FORGETFUL,
              Sight.ofTheMoment(),
              Optional.of(by),
              steady ? findings : Findings.NONE);
      if (steady || !(outcome instanceof Verification.Verified)) {
        return outcome;
      }
    }
    // Rows that moved were not looked at for certain: one snapshot shows what is left.
    return run(connection, job, findings);
  }

  private Sight sight(VerificationJob job) {
    return Ranges.of(job.rows()).steady()
        ? Sight.ofTheMoment()
        : Sight.inOne(new Snapshot(connections, job.rows().table().quoted()));
  }

  private Verification pass(
      Connection connection,
      VerificationJob job,
      PassStore kept,
      Sight seen,
      Optional<RangeRepair> repair,
      Findings findings)
      throws SQLException, InterruptedException {
    try (Transactions transactions = Transactions.on(connection, List.of());
        Sight sight = seen) {
      RangeReader reader = new RangeReader(job, transactions, fence, kept, sight, settling);
      RangePace pace =
          new RangePace(restraint, RangePace.READING, RangeSizer.TARGET, timing, listener);
      return new VerificationPass(job, reader, pace, repair, findings, listener, timing).run();
    }
  }
}
