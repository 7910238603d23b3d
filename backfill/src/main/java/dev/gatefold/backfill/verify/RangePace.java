package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.backfill.throttle.Pressure;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Says when the next range may be looked at, and how large it may be. Not thread-safe. */
final class RangePace {

  /** How soon it is noticed that the pressure is gone. */
  private static final Duration STILL = Duration.ofMillis(100);

  private final Restraint restraint;
  private final Timing timing;
  private final ProgressListener listener;
  private RangeSizer sizer;
  private long began;

  RangePace(Restraint restraint, Duration target, Timing timing, ProgressListener listener) {
    this.sizer = RangeSizer.start(target);
    this.restraint = restraint;
    this.timing = timing;
    this.listener = listener;
  }

  /** Whether to hold still: then the caller asks again, having asked who may want it to end. */
  boolean holds() throws InterruptedException {
    Pressure pressure = restraint.throttle().now();
    if (pressure.holds()) {
      listener.waiting(new Waiting(0, size(), STILL, String.join("; ", pressure.reasons())));
      timing.sleeper().sleep(STILL);
    }
    return pressure.holds();
  }

  /** Rows of the next range, whose time begins now. */
  int begin() {
    began = timing.ticker().nanos();
    return size();
  }

  private int size() {
    int fitting = rowsPerSecond().isPresent() ? bounded(sizer.size()) : sizer.size();
    // Nobody can tell how the others fare: as little at a time as makes any sense.
    return restraint.throttle().now().share() <= Pressure.MINIMUM
        ? Math.min(RangeSizer.START, fitting)
        : fitting;
  }

  private int bounded(int rows) {
    return (int) Math.min(rows, rowsPerSecond().orElse(rows));
  }

  private OptionalLong rowsPerSecond() {
    return restraint.rowsPerSecond().get();
  }

  /** Rests after a range, in proportion to the pressure and for the bound on the speed. */
  void passed(long rows) throws InterruptedException {
    Duration took = Duration.ofNanos(timing.ticker().nanos() - began);
    sizer = sizer.measured(rows, took);
    Pressure pressure = restraint.throttle().now();
    Duration rest = longer(forOthers(took, pressure), forSpeed(rows, took));
    if (!rest.isZero()) {
      if (!pressure.reasons().isEmpty()) {
        listener.waiting(new Waiting(0, size(), rest, String.join("; ", pressure.reasons())));
      }
      timing.sleeper().sleep(rest);
    }
  }

  private static Duration forOthers(Duration took, Pressure pressure) {
    // One that holds still does so before the next range.
    return pressure.holds()
        ? Duration.ZERO
        : Duration.ofNanos((long) (took.toNanos() * (1 / pressure.share() - 1)));
  }

  private Duration forSpeed(long rows, Duration took) {
    return Optional.of(rowsPerSecond())
        .filter(OptionalLong::isPresent)
        .map(bound -> Duration.ofNanos((long) (rows * 1e9 / bound.getAsLong())).minus(took))
        .filter(rest -> !rest.isNegative())
        .orElse(Duration.ZERO);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  void shrink(int rows) {
    sizer = sizer.shrunkTo(rows);
  }
}
