package dev.gatefold.executor.engine;

import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.time.Duration;

/**
 * Hears what it likes of how a stage goes, for people who watch. Called by one thread at a time,
 * while the work waits for it: it must be quick.
 */
public interface StageListener {

  /** A step begins; it is the nth of so many, counted from one. */
  default void started(StageName stage, Step step, int number, int of) {}

  /** Rows are moving. */
  default void progress(Step step, Progress progress) {}

  /** It goes on later, for the reason given: a lock is taken, rows are locked. */
  default void waiting(Step step, String reason) {}

  default void done(Step step, Duration took) {}

  /** Nobody watches. */
  StageListener SILENT = new StageListener() {};
}
