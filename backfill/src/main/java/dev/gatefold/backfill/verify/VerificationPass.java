package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.progress.ProgressMeter;
import dev.gatefold.backfill.progress.Retries;
import dev.gatefold.backfill.range.KeyRange;
import java.sql.SQLException;
import java.util.Optional;

/** One pass of a verification: what follows upon each range. Not thread-safe. */
final class VerificationPass implements RangeResult.Cases<Optional<Verification>> {

  /** Rows of one range: reads block nobody, they only must not hold back vacuum for long. */
  static final int RANGE_ROWS = 10_000;

  private final VerificationJob job;
  private final RangeReader reader;
  private final ProgressListener listener;
  private final Timing timing;
  private final Retries retries;
  private ProgressMeter meter;
  private int size = RANGE_ROWS;
  private Optional<KeyRange> rest = Optional.empty();
  private Tally tally = Tally.NONE;

  VerificationPass(
      VerificationJob job, RangeReader reader, ProgressListener listener, Timing timing) {
    this.job = job;
    this.reader = reader;
    this.listener = listener;
    this.timing = timing;
    this.meter = meter();
    this.retries = new Retries(timing, listener);
  }

  private ProgressMeter meter() {
    return new ProgressMeter(timing.ticker(), job.rowsEstimate(), 0);
  }

  Verification run() throws SQLException, InterruptedException {
    Optional<Verification> end = Optional.empty();
    while (end.isEmpty()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("verifying " + job.rows().table() + " is interrupted");
      }
      end = next().match(this);
    }
    return end.get();
  }

  private RangeResult next() throws SQLException {
    return rest.isEmpty() ? reader.open() : reader.compare(rest.get(), size);
  }

  @Override
  public Optional<Verification> opened(RangeResult.Opened result) {
    rest = Optional.of(result.rest());
    retries.succeeded();
    return Optional.empty();
  }

  @Override
  public Optional<Verification> compared(RangeResult.Compared result) {
    tally = tally.plus(result.tally());
    rest = Optional.of(result.rest());
    size = Math.min(RANGE_ROWS, size * 2);
    retries.succeeded();
    listener.progress(meter.passed(result.tally().rows()));
    return result.rest().after().equals(Optional.of(result.rest().end()))
        ? Optional.of(new Verification.Verified(tally.rows(), tally.mismatches(), tally.first()))
        : Optional.empty();
  }

  @Override
  public Optional<Verification> hindered(RangeResult.Hindered result) throws InterruptedException {
    size = retries.hindered(size, result.error());
    if (result.startOver()) {
      rest = Optional.empty();
      tally = Tally.NONE;
      meter = meter();
    }
    return Optional.empty();
  }

  @Override
  public Optional<Verification> ended(RangeResult.Ended result) {
    return Optional.of(result.outcome());
  }
}
