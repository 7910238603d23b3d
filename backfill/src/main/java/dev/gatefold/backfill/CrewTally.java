package dev.gatefold.backfill;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What the workers beside the first one have done since it asked last. Thread-safe.
 *
 * <p>The first one also hears from the database how many rows all have done. A worker counts a
 * batch only after its commit, so the database may have counted it already: the batch that each was
 * in then is left out, so that what is told is never more than what is done.
 */
final class CrewTally {

  /**
   * What was done.
   *
   * @param rows all rows
   * @param news those that the database had not counted yet
   * @param written how many of all had to be written
   */
  record Done(long rows, long news, long written) {}

  // By identity: workers are no values.
  private final Set<Object> midway = new HashSet<>();
  private long rows;
  private long news;
  private long written;

  /** One batch of a worker is committed. */
  synchronized void add(Object worker, long passed, long filled) {
    rows += passed;
    written += filled;
    if (!midway.remove(worker)) {
      news += passed;
    }
  }

  /** The database has counted the rows of all, while these workers were in some batch. */
  synchronized void recounted(Collection<?> workers) {
    midway.addAll(workers);
    news = 0;
  }

  /** What was done since this was asked last. */
  synchronized Done taken() {
    Done done = new Done(rows, news, written);
    rows = 0;
    news = 0;
    written = 0;
    return done;
  }
}
