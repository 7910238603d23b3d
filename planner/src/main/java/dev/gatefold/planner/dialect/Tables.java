package dev.gatefold.planner.dialect;

import dev.gatefold.planner.draft.Standing;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import java.util.List;
import java.util.Optional;

/** Whole tables as SQL. */
public interface Tables {

  /**
   * Makes a table.
   *
   * @param elements what stands between the parentheses
   * @param partitionKey what follows PARTITION BY
   */
  String create(
      TableName table, boolean unlogged, List<String> elements, Optional<String> partitionKey);

  String comment(TableName table, String text);

  String commentOnColumn(TableName table, Identifier column, String text);

  /** Builds an index under a lock that writes wait for: on tables without rows. */
  String createIndex(TableName table, Identifier index, boolean unique, String definition);

  /** Drops a table that nothing else hangs on. */
  String drop(TableName table);

  /** Asks whether neither a relation nor a type has the name. */
  Check isFree(TableName table);

  /** Asks whether a table has no rows. */
  Check isEmpty(TableName table, String failure);

  /**
   * Asks whether a table, with its partitions, has fewer rows and bytes than these, and how many it
   * has.
   */
  Check isSmall(TableName table, long rows, long bytes, String failure);

  /** Asks whether a table has all these columns. */
  Check hasColumns(TableName table, List<Identifier> columns);

  /** Asks whether a table has just these columns, in this order. */
  Check columnsAre(TableName table, List<Identifier> columns);

  /**
   * Gives a table another name or schema, or both.
   *
   * @param between a name that nobody has, for the way between the two schemas
   */
  List<String> move(TableName from, TableName to, Identifier between);

  String renameView(TableName from, Identifier to);

  /** A view that shows a table as it is, and through which it is written. */
  String createMirror(TableName view, TableName table, List<Identifier> columns, int version);

  String createView(TableName view, Optional<String> options, String query, boolean replace);

  String dropView(TableName view);

  String commentOnView(TableName view, String text);

  /** Tables of another shape. */
  Copies copies();

  String grant(TableName relation, Standing.Privilege privilege);
}
