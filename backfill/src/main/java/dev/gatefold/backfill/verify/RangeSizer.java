package dev.gatefold.backfill.verify;

import java.time.Duration;

/**
 * How many rows the next range has, so that comparing it takes about a tenth of a second. Its reads
 * block no write, but while they last vacuum keeps what is deleted, DDL on the table waits, and
 * whoever needs the table waits behind that DDL; and a pause is heard only after the range. Much
 * smaller ones would spend their time on the transactions around them. The batches of a repair
 * follow the same law with the backfill's time. Immutable.
 */
record RangeSizer(Duration target, int size) {

  static final Duration TARGET = Duration.ofMillis(100);

  /** Fast enough even where a row takes a tenth of a millisecond. */
  static final int START = 1_000;

  /** So many keys fit in the memory where all of a range have to be named. */
  static final int CEILING = 50_000;

  static RangeSizer start(Duration target) {
    return new RangeSizer(target, START);
  }

  /** After a range: at most twice as many rows, at once as few as the time says. */
  RangeSizer measured(long rows, Duration took) {
    if (rows == 0) {
      return this;
    }
    double fitting = (double) rows * target.toNanos() / Math.max(1, took.toNanos());
    return new RangeSizer(
        target, (int) Math.max(1, Math.min(Math.min(fitting, 2.0 * size), CEILING)));
  }

  RangeSizer shrunkTo(int rows) {
    return new RangeSizer(target, Math.max(1, Math.min(size, rows)));
  }
}
