package dev.gatefold.planner.dialect;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import java.util.List;

/** What a change feed reads from: a publication, and a replication slot. */
public interface Feeds {

  /**
   * Publishes inserts and updates of a table, those of its partitions as the table's own.
   *
   * @param columns what is sent of each row, if the server can choose; none to send all
   */
  String publish(Identifier publication, TableName table, List<Identifier> columns);

  String unpublish(Identifier publication);

  /**
   * Makes the slot, which keeps the log from now on. Waits for transactions that are under way.
   *
   * @param slot how its name begins
   */
  String createSlot(Identifier slot);

  /** Drops the slot if it is there, and ends whoever reads it. */
  String dropSlot(Identifier slot);

  /** Asks whether the slot is there. */
  Check slotIsThere(Identifier slot);

  /** Asks whether the slot is gone. */
  Check slotIsGone(Identifier slot);

  /** Asks whether server, database and role allow a feed. */
  List<Check> allowed();

  /** Asks whether each update of a table, or of its partitions, says which row it was. */
  Check rowsAreIdentified(TableName table, long oid);
}
