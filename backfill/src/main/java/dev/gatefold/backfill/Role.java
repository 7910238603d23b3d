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

  /** Whether it waits for others when nothing is left to do for it. */
  boolean waitsForOthers();

  /** Whether it is to end before the next batch, whoever goes on. */
  boolean leaves();

  /** How the backfill ended for another worker. */
  Optional<BackfillOutcome> endOfOthers();
}
