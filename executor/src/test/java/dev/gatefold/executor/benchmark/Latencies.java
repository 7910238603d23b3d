package dev.gatefold.executor.benchmark;

import java.util.Arrays;

/**
 * How long each of many statements took, in nanoseconds. Makes next to no garbage: a pause of the
 * measuring process would look like one of the server. Not thread-safe.
 */
final class Latencies {

  private long[] nanos = new long[1 << 18];
  private int count;

  void add(long took) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = took;
  }

  Latencies addAll(Latencies others) {
    for (int i = 0; i < others.count; i++) {
      add(others.nanos[i]);
    }
    return this;
  }

  int count() {
    return count;
  }

  /** The time that this share of the statements stayed within, in milliseconds. */
  double milliseconds(double share) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(count - 1, count * share)] / 1e6;
  }

  double longest() {
    return milliseconds(1);
  }
}
