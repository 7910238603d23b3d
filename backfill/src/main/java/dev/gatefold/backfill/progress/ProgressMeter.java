package dev.gatefold.backfill.progress;

import dev.gatefold.backfill.pace.Ticker;
import dev.gatefold.backfill.throttle.Pressure;
import java.util.OptionalLong;

/** Turns counted rows into a {@link Progress}. Not thread-safe. */
public final class ProgressMeter {

  private final Ticker ticker;
  private final OptionalLong estimate;
  private final SpeedWindow window = new SpeedWindow();
  private long rowsDone;
  private long rowsWritten;

  /**
   * Starts measuring.
   *
   * @param estimate rows of the whole table; empty where unknown
   * @param rowsDone what earlier runs did: it counts as done but not as speed
   */
  public ProgressMeter(Ticker ticker, OptionalLong estimate, long rowsDone) {
    this.ticker = ticker;
    this.estimate = estimate;
    this.rowsDone = rowsDone;
    window.add(ticker.nanos(), rowsDone);
  }

  /**
   * What all workers have done, as the database says: others may do rows that nobody counts here.
   */
  public void found(long done) {
    rowsDone = Math.max(rowsDone, done);
  }

  /** Counts the rows of one batch that writes none. */
  public Progress passed(long rows) {
    return passed(rows, 0);
  }

  /** Counts the rows of one batch, and those of them that had to be written. */
  public Progress passed(long rows, long written) {
    rowsDone += rows;
    rowsWritten += written;
    window.add(ticker.nanos(), rowsDone);
    OptionalLong total =
        estimate.isPresent()
            ? OptionalLong.of(Math.max(estimate.getAsLong(), rowsDone))
            : OptionalLong.empty();
    return new Progress(
        rowsDone,
        total,
        window.rowsPerSecond(),
        window.remaining(total.orElse(rowsDone) - rowsDone),
        rowsWritten,
        Pressure.NONE);
  }
}
