package dev.gatefold.backfill;

import dev.gatefold.backfill.BackfillOutcome.Finished;
import dev.gatefold.backfill.BackfillOutcome.Stopped;
import dev.gatefold.backfill.BackfillOutcome.Unconvertible;
import dev.gatefold.backfill.checkpoint.Checkpoint;
import dev.gatefold.backfill.pace.BatchSizer;
import dev.gatefold.backfill.pace.Pace;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.progress.ProgressMeter;
import dev.gatefold.backfill.progress.Retries;
import dev.gatefold.backfill.session.Failure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** One run of a backfill: what follows upon each result of a batch. Not thread-safe. */
final class Pass implements BatchResult.Cases<Optional<BackfillOutcome>> {

  /** So often in a row a batch of one row may fail while the row itself does not. */
  private static final int UNEXPLAINED = 5;

  private final BackfillJob job;
  private final Batch batch;
  private final Culprits culprits;
  private final ProgressListener listener;
  private final Timing timing;
  private final Pace pace;
  private final Retries retries;
  private BatchSizer sizer;
  private ProgressMeter meter;
  private Optional<Checkpoint> at = Optional.empty();
  private int unexplained;

  Pass(BackfillJob job, Batch batch, Culprits culprits, ProgressListener listener, Timing timing) {
    this.job = job;
    this.batch = batch;
    this.culprits = culprits;
    this.listener = listener;
    this.timing = timing;
    this.pace = new Pace(job.settings().maxRowsPerSecond(), timing.ticker());
    this.retries = new Retries(timing, listener);
    this.sizer = BatchSizer.start(job.settings().targetBatchTime());
    this.meter = new ProgressMeter(timing.ticker(), job.rowsEstimate(), 0);
  }

  BackfillOutcome run() throws SQLException, InterruptedException {
    Optional<BackfillOutcome> end = Optional.empty();
    while (end.isEmpty()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the backfill of " + job.rows().table() + " is interrupted");
      }
      end = next().match(this);
    }
    return end.get();
  }

  private BatchResult next() throws SQLException {
    pace.begin();
    return at.isEmpty() ? batch.open() : batch.pass(at.get(), pace.atMost(sizer.size()));
  }

  @Override
  public Optional<BackfillOutcome> opened(BatchResult.Opened result) {
    at = Optional.of(result.checkpoint());
    meter = new ProgressMeter(timing.ticker(), job.rowsEstimate(), result.checkpoint().rowsDone());
    retries.succeeded();
    return finished(result.checkpoint());
  }

  @Override
  public Optional<BackfillOutcome> passed(BatchResult.Passed result) throws InterruptedException {
    at = Optional.of(result.checkpoint());
    sizer = sizer.measured(result.rows(), result.took());
    retries.succeeded();
    unexplained = 0;
    listener.progress(meter.passed(result.rows()));
    Optional<BackfillOutcome> end = finished(result.checkpoint());
    if (end.isEmpty()) {
      rest(pace.pauseAfter(result.rows()));
    }
    return end;
  }

  @Override
  public Optional<BackfillOutcome> hindered(BatchResult.Hindered result)
      throws InterruptedException {
    return again(result.error());
  }

  @Override
  public Optional<BackfillOutcome> rejected(BatchResult.Rejected result)
      throws SQLException, InterruptedException {
    try {
      Culprits.Found found = culprits.find(result.range(), result.error());
      return found.isEmpty()
          ? unexplained(result.error())
          : Optional.of(new Unconvertible(culprits.named(found.rows())));
    } catch (SQLException e) {
      if (Failure.of(e) == Failure.BUSY) {
        return again(e);
      }
      if (Failure.isMissingObject(e)) {
        return Optional.of(new Stopped(Failure.sentence(e)));
      }
      throw e;
    }
  }

  @Override
  public Optional<BackfillOutcome> ended(BatchResult.Ended result) {
    return Optional.of(result.outcome());
  }

  private Optional<BackfillOutcome> unexplained(SQLException error)
      throws SQLException, InterruptedException {
    int rows = pace.atMost(sizer.size());
    if (rows > 1) {
      // Rows that fail only beside each other, such as two of one unique value: with fewer at a
      // time the first is written, and the second can be named.
      sizer = sizer.shrunkTo(rows / 10);
      return Optional.empty();
    }
    // An application may have mended the row meanwhile; a fault that stays must not loop for ever.
    if (++unexplained >= UNEXPLAINED) {
      throw error;
    }
    return again(error);
  }

  private Optional<BackfillOutcome> again(SQLException error) throws InterruptedException {
    sizer = sizer.shrunkTo(retries.hindered(pace.atMost(sizer.size()), error));
    return Optional.empty();
  }

  private void rest(Duration pause) throws InterruptedException {
    if (!pause.isZero()) {
      timing.sleeper().sleep(pause);
    }
  }

  private static Optional<BackfillOutcome> finished(Checkpoint checkpoint) {
    return checkpoint.complete()
        ? Optional.of(new Finished(checkpoint.rowsDone()))
        : Optional.empty();
  }
}
