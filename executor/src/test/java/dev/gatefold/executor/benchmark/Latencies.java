package dev.gatefold.executor.benchmark;

import java.util.ArrayList;
import java.util.List;

/** How long each of many statements took, in nanoseconds. Not thread-safe. */
final class Latencies {

  private final List<Long> nanos = new ArrayList<>();

  void add(long took) {
    nanos.add(took);
  }

  Latencies addAll(Latencies others) {
    nanos.addAll(others.nanos);
    return this;
  }

  int count() {
    return nanos.size();
  }

  /** The time that this share of the statements stayed within, in milliseconds. */
  double milliseconds(double share) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * share)) / 1e6;
  }

  double longest() {
    return milliseconds(1);
  }
}
