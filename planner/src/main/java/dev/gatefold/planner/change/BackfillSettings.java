package dev.gatefold.planner.change;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How the rows are moved.
 *
 * @param targetBatchTime how long one batch may hold its row locks; the size of batches follows it
 * @param maxRowsPerSecond an upper bound on the speed; empty for as fast as the target time allows
 */
public record BackfillSettings(
    Duration targetBatchTime, OptionalLong maxRowsPerSecond, UserTriggers userTriggers) {

  /**
   * 20 ms a batch: larger batches were measured to cost concurrent writers hundreds of milliseconds
   * and to gain nothing.
   */
  public static final BackfillSettings DEFAULT =
      new BackfillSettings(Duration.ofMillis(20), OptionalLong.empty(), UserTriggers.SKIP);

  /** What the triggers of the users' own do when the backfill touches a row. */
  public enum UserTriggers {
    /** They do not fire; needs the right to set {@code session_replication_role}. */
    SKIP,
    /** They fire for each row, as for any UPDATE of an application. */
    FIRE
  }
}
