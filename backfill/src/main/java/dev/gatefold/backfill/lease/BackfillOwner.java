package dev.gatefold.backfill.lease;

/**
 * What a backfill belongs to. Immutable and thread-safe.
 *
 * @param column of {@code gatefold.backfill}, which refers to it
 */
public record BackfillOwner(String column, long id) {

  public static BackfillOwner rollout(long id) {
    return new BackfillOwner("rollout_id", id);
  }

  /** A run of a backfill of its own. */
  public static BackfillOwner run(long id) {
    return new BackfillOwner("run_id", id);
  }
}
