package dev.gatefold.planner.dialect;

import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.SyncMode;
import java.util.List;

/** What keeps columns of two tables in step, while applications write either. */
public interface Moves {

  /** Makes or replaces triggers and functions on the table that the columns leave. */
  List<String> createOnSource(MoveSpec move, SyncMode mode);

  /** The same on the table that they move to. */
  List<String> createOnTarget(MoveSpec move, SyncMode mode);

  List<String> dropOnSource(MoveSpec move);

  List<String> dropOnTarget(MoveSpec move);

  /**
   * A query for statements that take rows away which the sync has made and no application has made
   * its own, some blocks at a time.
   *
   * @param from the least mark of those rows
   */
  String takeAway(MoveSpec move, int from);

  /** Asks whether no such row is left. */
  Check noneMade(MoveSpec move, int from);

  /** Moves all values at once, while nobody else writes. */
  List<String> copy(MoveSpec move);

  /**
   * Whether a column of a row of the source is what the row of the target says that belongs to it.
   * Without such a row that is NULL.
   *
   * @param row the alias of the source's row
   */
  String sourceIsRight(MoveSpec move, MoveSpec.Moved column, String row);

  /** The same of a row of the target. */
  String targetIsRight(MoveSpec move, MoveSpec.Moved column, String row);
}
