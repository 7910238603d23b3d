package dev.gatefold.planner.dialect;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import java.util.List;

/** What a change feed reads from: a publication, and a replication slot. */
public interface Feeds {

  /**
   * Publishes what is written to a table, to its partitions as to the table itself.
   *
   * @param columns what is sent of each row, if the server can choose; none to send all
   * @param goneToo whether it is told, too, that rows go, and not only that they come and change
   */
  String publish(
      Identifier publication, TableName table, List<Identifier> columns, boolean goneToo);

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
