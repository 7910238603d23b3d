package dev.gatefold.planner.change;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;

/**
 * New values for rows of one table, without any DDL: what a file of {@code gatefold backfill} asks
 * for.
 *
 * @param name unique among the backfills of a database
 * @param set the columns with their values, as SQL over the row
 * @param where which rows; empty for all
 * @param schedule when it begins; empty where it runs once
 * @param movedRows what becomes of rows whose key is changed meanwhile; empty where they are looked
 *     for if that can be done
 */
public record StandaloneBackfill(
    ChangeName name,
    TableName table,
    List<Assignment> set,
    Optional<String> where,
    Optional<Schedule> schedule,
    WhenRunning whenRunning,
    WhenMissed whenMissed,
    BackfillSettings settings,
    Optional<MovedRows> movedRows) {

  public StandaloneBackfill {
    set = List.copyOf(set);
    if (set.isEmpty()) {
      throw new IllegalArgumentException("a backfill sets at least one column");
    }
  }

  /** A column and its value. */
  public record Assignment(Identifier column, String sql) {}

  /** What becomes of rows that an application moves from before the walk to behind it. */
  public enum MovedRows {
    /** They are looked for when all are passed. */
    LOOK,
    /** They may be left out. */
    LEAVE
  }

  /** What becomes of a run that meets its predecessor. */
  public enum WhenRunning {
    /** There is none this time. */
    SKIP,
    /** It begins when that one has ended; of several that wait, one remains. */
    WAIT
  }

  /** What becomes of runs whose time passed while nobody worked. */
  public enum WhenMissed {
    /** One run makes up for all. */
    RUN_ONCE,
    /** The next one begins at its time. */
    SKIP
  }
}
