package dev.gatefold.planner.dialect;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import java.util.List;

/**
 * How old columns are put out of reach, and how that ends. No statement names a partition, a role
 * or a comment of the user's: they come and go while a change lives, so they are looked up when it
 * runs, and what is put aside is kept in Gatefold's own tables, in the same transaction.
 */
public interface Retirement {

  /**
   * An old column.
   *
   * @param name the name that it has once it is retired
   * @param words what it tells whoever looks for it
   */
  record Retired(Identifier name, String words) {}

  /**
   * Comments old columns, on the table and its partitions, with the words that lead to the change.
   *
   * @param token stands for the change on this table
   * @param denied whether {@link #deny} follows
   */
  List<String> tell(TableName table, String token, List<Retired> columns, boolean denied);

  /**
   * Takes the right to use them away from everybody but the owner. A right on the whole table gives
   * way to the same on all other columns.
   */
  List<String> deny(String token);

  /** Gives the rights back; the one on the whole table comes with the last denied column of it. */
  List<String> allow(String token);

  /** Gives the users' comments back and forgets the columns. */
  List<String> forget(String token);

  /** Gives new columns of a table, some columns of which are denied, what its others have. */
  String lend(TableName table, List<Identifier> columns);

  /** No other role than the owner has granted anything that {@link #deny} would take away. */
  Check grantedByOwner(TableName table);
}
