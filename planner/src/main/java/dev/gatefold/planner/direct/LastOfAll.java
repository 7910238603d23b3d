package dev.gatefold.planner.direct;

import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import java.util.List;

/**
 * What goes last, since it does not come back as it was. The index of a partitioned table has a
 * part on each partition, to which the server gave a name: a new one would have others, and the
 * server drops and makes them all at once, under its lock.
 */
final class LastOfAll {

  private LastOfAll() {}

  static Step drop(String id, TableWork work, String kind, String sql) {
    return work.brief(
        id,
        kind,
        List.of(sql),
        new Undo.PointOfNoReturn("its parts on the partitions would not get their names back"));
  }
}
