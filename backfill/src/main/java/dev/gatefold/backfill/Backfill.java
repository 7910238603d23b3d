package dev.gatefold.backfill;

import dev.gatefold.backfill.lease.WorkerSession;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.session.Connections;
import dev.gatefold.backfill.session.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Fills the new shape of every row of a table that was there when it first ran. Later rows are the
 * sync's, whose transaction must have been committed before.
 *
 * <p>Any number of processes may work on one backfill: one of them {@link #run runs} it and knows
 * when it is over, others {@link #help}. Not thread-safe.
 */
public final class Backfill {

  private final Desk desk;
  private final Conditions conditions;
  private final ProgressListener listener;
  private final Timing timing;

  /** {@code listener} is called by the thread that runs. */
  public Backfill(Desk desk, Conditions conditions, ProgressListener listener, Timing timing) {
    this.desk = desk;
    this.conditions = conditions;
    this.listener = listener;
    this.timing = timing;
  }

  /**
   * Goes on where the backfill is until the end, or until something ends it.
   *
   * @param connection in autocommit mode, and given back in it; {@code row_security} off
   * @param connections for further workers, at most one fewer than the settings allow
   * @throws SQLException where connection, server or rights fail; the next run goes on
   * @throws InterruptedException between two batches, when the thread is interrupted
   */
  public BackfillOutcome run(Connection connection, Connections connections, BackfillJob job)
      throws SQLException, InterruptedException {
    Crew crew = new Crew(job, this, conditions, timing, connections);
    Lead lead = new Lead(crew, guest(job));
    BackfillOutcome outcome;
    try (crew) {
      outcome =
          spell(connection, job, lead)
              .orElseThrow(() -> new IllegalStateException("whoever runs a backfill sees its end"));
    }
    if (!(outcome instanceof BackfillOutcome.OwnerLost)) {
      lead.settle();
    }
    return outcome;
  }

  /**
   * Fills what is free now, as one worker more, until the thread is interrupted or nothing is left
   * to do for it.
   *
   * @return why the backfill is over, as far as this worker knows; empty where others are at work
   *     on whatever is left
   */
  public Optional<BackfillOutcome> help(Connection connection, BackfillJob job)
      throws SQLException, InterruptedException {
    return spell(connection, job, guest(job));
  }

  private Guest guest(BackfillJob job) {
    return new Guest(listener, job, timing.ticker());
  }

  Optional<BackfillOutcome> help(Connection connection, BackfillJob job, Hand hand)
      throws SQLException, InterruptedException {
    return spell(connection, job, hand);
  }

  private Optional<BackfillOutcome> spell(Connection connection, BackfillJob job, Role role)
      throws SQLException, InterruptedException {
    try (Transactions transactions =
            Transactions.on(connection, job.transactionSettings(), job.feed());
        WorkerSession session = WorkerSession.on(connection)) {
      Batch batch =
          new Batch(
              job,
              session.connection(),
              transactions,
              desk,
              () -> conditions.settings().get().maxRowsPerSecond().isPresent(),
              timing.ticker());
      return new Pass(job, batch, transactions, conditions, desk.keeper(), role, timing).run();
    }
  }
}
