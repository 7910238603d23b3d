package dev.gatefold.executor.store;

/**
 * Whose rows are moved: those of a change, or of a backfill of its own.
 *
 * @param kind as in the store
 * @param id of the rollout, or of the backfill
 */
public record Subject(String kind, long id) {

  public static Subject rollout(long id) {
    return new Subject("rollout", id);
  }

  /** Of one run of a backfill of its own. */
  public static Subject run(long id) {
    return new Subject("run", id);
  }

  /** Of all runs of a backfill of its own. */
  public static Subject standalone(long id) {
    return new Subject("standalone", id);
  }
}
