package dev.gatefold.backfill.progress;

import dev.gatefold.backfill.throttle.Pressure;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How far a pass is. Immutable and thread-safe.
 *
 * @param rowsDone rows passed, by earlier runs too
 * @param rowsTotalEstimate the server's estimate of all rows, never less than are done; empty where
 *     the server has none
 * @param rowsPerSecond over the last half minute; empty before the second measurement
 * @param remaining how long it may still take; empty while there is too little to tell from
 * @param rowsWritten rows that this process had to write in this run: each left a dead one behind
 * @param pressure how much it holds back, and why
 */
public record Progress(
    long rowsDone,
    OptionalLong rowsTotalEstimate,
    OptionalDouble rowsPerSecond,
    Optional<Remaining> remaining,
    long rowsWritten,
    Pressure pressure) {

  /** A pass that writes nothing and holds back for nobody. */
  public Progress(
      long rowsDone,
      OptionalLong rowsTotalEstimate,
      OptionalDouble rowsPerSecond,
      Optional<Remaining> remaining) {
    this(rowsDone, rowsTotalEstimate, rowsPerSecond, remaining, 0, Pressure.NONE);
  }

  public Progress under(Pressure other) {
    return new Progress(rowsDone, rowsTotalEstimate, rowsPerSecond, remaining, rowsWritten, other);
  }
}
