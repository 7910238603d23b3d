package dev.gatefold.backfill.progress;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The speed over the last half minute, as a whole and in quarters. Not thread-safe. */
final class SpeedWindow {

  static final Duration LENGTH = Duration.ofSeconds(30);

  /** Before this many batches, or this long, any forecast would be a guess. */
  static final int SAMPLES = 10;

  static final Duration SHORTEST = Duration.ofSeconds(3);

  private static final int PARTS = 4;
  private static final double SECOND = 1e9;

  private record Sample(long nanos, long rows) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  void add(long nanos, long rows) {
    samples.addLast(new Sample(nanos, rows));
    while (samples.size() > 2 && nanos - samples.getFirst().nanos() > LENGTH.toNanos()) {
      samples.removeFirst();
    }
  }

  OptionalDouble rowsPerSecond() {
    return speed(samples.getFirst(), samples.getLast());
  }

  /** How long so many more rows may take, from the fastest and slowest quarter of the window. */
  Optional<Remaining> remaining(long rows) {
    long span = samples.getLast().nanos() - samples.getFirst().nanos();
    if (rows <= 0 || samples.size() <= SAMPLES || span < SHORTEST.toNanos()) {
      return Optional.empty();
    }
    DoubleSummaryStatistics speeds = speedsOfParts();
    if (speeds.getMin() <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Remaining(seconds(rows / speeds.getMax()), seconds(rows / speeds.getMin())));
  }

  private DoubleSummaryStatistics speedsOfParts() {
    List<Sample> all = new ArrayList<>(samples);
    DoubleSummaryStatistics speeds = new DoubleSummaryStatistics();
    int last = all.size() - 1;
    for (int part = 0; part < PARTS; part++) {
      speed(all.get(last * part / PARTS), all.get(last * (part + 1) / PARTS)).ifPresent(speeds);
    }
    return speeds;
  }

  private static OptionalDouble speed(Sample from, Sample to) {
    long nanos = to.nanos() - from.nanos();
    return nanos <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((to.rows() - from.rows()) * SECOND / nanos);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
