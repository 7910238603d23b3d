package dev.gatefold.backfill.pace;

/** The monotonic clock of the Java runtime. Thread-safe. */
public final class SystemTicker implements Ticker {
  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
