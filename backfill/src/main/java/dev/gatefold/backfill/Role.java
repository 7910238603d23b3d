package dev.gatefold.backfill;

import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.backfill.throttle.Pressure;
import java.util.Optional;

/** What a worker does beside its batches. Called by its thread. */
interface Role {

  /** The rows of the whole backfill that are done by all workers, as the database says. */
  void found(long rowsDone);

  /** Rows of a batch are committed, of which some had to be written. */
  void passed(long rows, long written, Pressure pressure);

  void waiting(Waiting waiting);

  /** Whether it is its to begin the backfill; another one that finds none has come too late. */
  default boolean begins() {
    return false;
  }

  /** Whether it waits for others when nothing is left to do for it. */
  default boolean waitsForOthers() {
    return false;
  }

  /** Whether it is to end before the next batch, whoever goes on. */
  default boolean leaves() {
    return false;
  }

  /** How the backfill ended for another worker. */
  default Optional<BackfillOutcome> endOfOthers() {
    return Optional.empty();
  }
}
