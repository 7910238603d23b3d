package dev.gatefold.planner.operation;

import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.Operation.AlterColumn;
import dev.gatefold.planner.change.Retire;
import dev.gatefold.planner.change.SyncChoice;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Schema.Server;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.TableProbe;
import dev.gatefold.planner.schema.TableProbe.ColumnProbe;
import java.util.Set;

/** An operation on a column together with all that is known about that column. */
record Target(
    ChangeName change,
    AlterColumn operation,
    Server server,
    Table table,
    Column column,
    TableProbe tableProbe,
    ColumnProbe probe,
    BackfillSettings backfill,
    Retire retire,
    SyncChoice sync) {

  /** The column in the words of messages. */
  String label() {
    return table.name() + "." + column.name();
  }

  boolean touches(Set<Integer> attnums) {
    return attnums.contains(column.attnum());
  }
}
