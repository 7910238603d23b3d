package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.pace.Breath;
import dev.gatefold.backfill.pace.Pace;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.backfill.session.Failure;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.backfill.throttle.Rest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Says when the next range may be looked at, and how large it may be. Not thread-safe. */
final class RangePace {

  /**
   * What is left of the time for reading, however many sessions are busy: it blocks nobody, and a
   * gate that waits for it stays closed. Who needs it to hold still, says so.
   */
  static final double READING = 0.25;

  /** A repair writes, and gives way as a backfill does. */
  static final double WRITING = 0;

  /** The end of a range is looked for without a nap: beside others it must not lie far away. */
  private static final int SEARCHED = 5_000;

  /** How soon it is noticed that the pressure is gone. */
  private static final Duration STILL = Duration.ofMillis(100);

  /** Who may want it to end. */
  @FunctionalInterface
  interface Owner {
    Optional<Verification> asked() throws SQLException;
  }

  private final Restraint restraint;
  private final double least;
  private final Timing timing;
  private final ProgressListener listener;
  private final Rest rest;
  private Pressure pressure = Pressure.NONE;
  private RangeSizer sizer;
  private long began;
  private long heard;

  /** {@code least} is the share of the time that it takes unless it has to hold still. */
  RangePace(
      Restraint restraint,
      double least,
      Duration target,
      Timing timing,
      ProgressListener listener) {
    this.restraint = restraint;
    this.least = least;
    this.sizer = RangeSizer.start(target);
    this.timing = timing;
    this.listener = listener;
    this.rest = new Rest(timing.ticker());
    this.heard = timing.ticker().nanos();
  }

  /**
   * Waits as long as others need it; empty where the next range may be looked at.
   *
   * @param owner is asked once a second meanwhile
   */
  Optional<Verification> restrained(Owner owner) throws SQLException, InterruptedException {
    Optional<Verification> end = Optional.empty();
    Duration pause = pause();
    while (end.isEmpty() && !pause.isZero()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while others needed it to wait");
      }
      end = waited(pause, owner);
      pause = pause();
    }
    return end;
  }

  private Duration pause() {
    pressure = restraint.throttle().now().atLeast(least);
    return pressure.holds() ? STILL : Rest.slice(rest.left(pressure, rowsPerSecond()));
  }

  private Optional<Verification> waited(Duration pause, Owner owner)
      throws SQLException, InterruptedException {
    if (timing.ticker().nanos() - heard >= Rest.BETWEEN_QUESTIONS.toNanos()) {
      heard = timing.ticker().nanos();
      return asked(owner);
    }
    if (!pressure.reasons().isEmpty()) {
      listener.waiting(new Waiting(0, size(), pause, String.join("; ", pressure.reasons())));
    }
    timing.sleeper().sleep(pause);
    return Optional.empty();
  }

  private static Optional<Verification> asked(Owner owner) throws SQLException {
    try {
      return owner.asked();
    } catch (SQLException e) {
      // Whoever has the record locked is about to change it: the next question hears of that.
      if (Failure.of(e) == Failure.BUSY) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Rows of the next range, whose time begins now. */
  int begin() {
    began = timing.ticker().nanos();
    rest.begin();
    return size();
  }

  private int size() {
    return Pace.atMost(atMost(sizer.size()), rowsPerSecond());
  }

  /** How the next range is to be read. */
  Breath breath() {
    return Breath.reading(pressure.share());
  }

  private int atMost(int size) {
    return breath().isHeld() ? size : Math.min(size, SEARCHED);
  }

  private OptionalLong rowsPerSecond() {
    return restraint.rowsPerSecond().get();
  }

  /**
   * After a range: before the next one it rests, for others and for the bound on the speed.
   *
   * @param slept how much of its time it has rested already
   */
  void passed(long rows, Duration slept) {
    heard = timing.ticker().nanos();
    Duration took = Duration.ofNanos(heard - began);
    sizer = sizer.measured(rows, took);
    rest.after(rows, took, Collections.min(List.of(took, slept)), rowsPerSecond());
  }

  void shrink(int rows) {
    sizer = sizer.shrunkTo(rows);
  }
}
