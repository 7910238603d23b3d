package dev.gatefold.executor.engine;

import dev.gatefold.backfill.pace.Ticker;
import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.executor.store.SpeedStore.Said;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Tells others how fast a table is filled and what holds that back, at most once a second and at
 * the end; whoever watches this process hears it too. Not thread-safe.
 */
public final class SpeedListener implements ProgressListener, AutoCloseable {

  private static final long SAID_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  /** Where it is told. */
  @FunctionalInterface
  public interface Teller {
    void say(Said said) throws SQLException;
  }

  private final ProgressListener next;
  private final Teller teller;
  private final Ticker ticker;
  private long rowsWritten;
  private Optional<Long> saidAt = Optional.empty();

  public SpeedListener(ProgressListener next, Teller teller, Ticker ticker) {
    this.next = next;
    this.teller = teller;
    this.ticker = ticker;
  }

  @Override
  public void progress(Progress progress) {
    next.progress(progress);
    rowsWritten = progress.rowsWritten();
    if (due()) {
      say(
          new Said(
              progress.rowsPerSecond(),
              progress.remaining(),
              progress.pressure(),
              rowsWritten,
              false));
    }
  }

  @Override
  public void waiting(Waiting waiting) {
    next.waiting(waiting);
    if (due()) {
      say(at(Pressure.hold(waiting.reason()), false));
    }
  }

  /** The last rows count too. */
  @Override
  public void close() {
    if (saidAt.isPresent()) {
      say(at(Pressure.NONE, true));
    }
  }

  private Said at(Pressure pressure, boolean ended) {
    return new Said(OptionalDouble.empty(), Optional.empty(), pressure, rowsWritten, ended);
  }

  private boolean due() {
    long now = ticker.nanos();
    if (saidAt.isPresent() && now - saidAt.get() < SAID_EVERY_NANOS) {
      return false;
    }
    saidAt = Optional.of(now);
    return true;
  }

  private void say(Said said) {
    try {
      teller.say(said);
    } catch (SQLException e) {
      // Others see less; the work itself meets the same trouble, if it is one for it.
      System.getLogger(SpeedListener.class.getName())
          .log(System.Logger.Level.DEBUG, "the speed could not be told", e);
    }
  }
}
