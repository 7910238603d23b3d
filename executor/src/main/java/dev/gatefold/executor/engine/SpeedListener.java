package dev.gatefold.executor.engine;

import dev.gatefold.backfill.pace.Ticker;
import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.progress.Remaining;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.backfill.throttle.Throttle;
import dev.gatefold.executor.store.SpeedStore.Said;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Tells others how fast a table is filled and what holds that back, at most once a second; whoever
 * watches this process hears it too. It knows the pressure from having stood between the throttle
 * and whoever asks it. To be called by one thread at a time; the throttle by any.
 */
public final class SpeedListener implements ProgressListener {

  private static final long SAID_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  /** Where it is told. */
  @FunctionalInterface
  public interface Teller {
    void say(Said said) throws SQLException;
  }

  private final ProgressListener next;
  private final Teller teller;
  private final Ticker ticker;
  private volatile Pressure pressure = Pressure.NONE;
  private Optional<Progress> last = Optional.empty();
  private long rowsBefore;
  private Optional<Long> saidAt = Optional.empty();

  public SpeedListener(ProgressListener next, Teller teller, Ticker ticker) {
    this.next = next;
    this.teller = teller;
    this.ticker = ticker;
  }

  /** The same throttle, of which this one knows what it said last. */
  public Throttle over(Throttle throttle) {
    return () -> {
      Pressure now = throttle.now();
      pressure = now;
      return now;
    };
  }

  @Override
  public void progress(Progress progress) {
    if (last.isEmpty()) {
      rowsBefore = progress.rowsDone();
    }
    last = Optional.of(progress.under(pressure));
    next.progress(last.get());
    say(last.get().rowsPerSecond(), last.get().remaining(), pressure);
  }

  @Override
  public void waiting(Waiting waiting) {
    next.waiting(waiting);
    say(
        OptionalDouble.empty(),
        Optional.empty(),
        pressure.holds() ? pressure : Pressure.hold(waiting.reason()));
  }

  private void say(OptionalDouble speed, Optional<Remaining> remaining, Pressure under) {
    long now = ticker.nanos();
    if (saidAt.isPresent() && now - saidAt.get() < SAID_EVERY_NANOS) {
      return;
    }
    saidAt = Optional.of(now);
    try {
      teller.say(
          new Said(
              speed,
              remaining,
              under,
              last.map(Progress::rowsDone).orElse(rowsBefore) - rowsBefore));
    } catch (SQLException e) {
      // Others see less; the work itself meets the same trouble, if it is one for it.
      System.getLogger(SpeedListener.class.getName())
          .log(System.Logger.Level.DEBUG, "the speed could not be told", e);
    }
  }
}
