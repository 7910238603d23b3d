package dev.gatefold.backfill.progress;

/**
 * Hears how a pass goes on, on the thread that works and outside any transaction. What it throws
 * ends the pass; everything reported before is committed.
 */
@FunctionalInterface
public interface ProgressListener {

  /** A batch has been committed. */
  void progress(Progress progress);

  /** A batch was hindered by others; nothing of it was written. */
  default void waiting(Waiting waiting) {}
}
