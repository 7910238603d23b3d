package dev.gatefold.planner.dialect;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import java.util.List;

/**
 * SQL over the partitions of a table as they are when it runs: they come and go while a change
 * lives, so no statement names one. A constraint on a partition has the name of that on the table;
 * an index, whose name is unique in its schema, has the partition's OID after it.
 */
public interface Partitions {

  /** Makes an index on the table and the partitions that hold no rows: metadata only. */
  List<String> indexRoot(TableName table, Identifier index, boolean unique, String definition);

  /** The same for a unique constraint or a primary key, over columns that refuse NULL. */
  List<String> uniqueRoot(TableName table, Identifier constraint, String definition);

  /** Statements, as rows, that build the index on every partition with rows that lacks it. */
  String indexLeaves(TableName table, Identifier index, boolean unique, String definition);

  /** Statements, as rows, that drop what failed builds have left on partitions. */
  String dropInvalidLeaves(TableName table, Identifier index);

  /** Asks whether every partition with rows has the index, attached or not. */
  Check leavesAreIndexed(TableName table, Identifier index);

  /** Makes one index of those on the partitions and the one on the table: metadata only. */
  String attachLeaves(TableName table, Identifier index);

  /** The same where each index on a partition has to stand behind a constraint of its own. */
  String attachUniqueLeaves(
      TableName table, Identifier constraint, boolean primary, String deferral);

  /**
   * Lets the partitions have the NOT NULL of columns from the table alone, as before indexes became
   * their primary keys. To be validated.
   */
  String inheritNotNullAgain(TableName table, List<Identifier> columns);

  /** Drops what was built and not attached yet. */
  String dropUnattachedLeaves(TableName table, Identifier index);

  /**
   * Gives the names of one index, on the table and on every partition, to another. The first takes
   * names made of {@code parked}.
   */
  String tradeIndexNames(TableName table, Identifier from, Identifier to, Identifier parked);

  /** The same for foreign keys, on the partitions alone: those of the table keep their names. */
  String tradeForeignKeyNames(TableName table, Identifier from, Identifier to, Identifier parked);

  /**
   * Gives a column of an index, on the table and on every partition, the name that the table's has
   * by now: the server makes names of indexes on later partitions from it.
   */
  String renameIndexColumn(TableName table, Identifier index, Identifier from, Identifier to);

  /** Adds a foreign key to every partition with rows, that looks at new rows only. */
  String addForeignKeyLeaves(TableName table, Identifier constraint, String definition);

  /** Statements, as rows, that validate it on every partition where it is not. */
  String validateLeaves(TableName table, Identifier constraint);

  /** Asks whether every partition with rows has the constraint, validated. */
  Check leavesAreValid(TableName table, Identifier constraint);

  /** Makes one foreign key of those on the partitions: metadata only where each is validated. */
  String addForeignKeyRoot(TableName table, Identifier constraint, String definition);

  /** Drops what was added to partitions and is not one with the table's yet. */
  String dropForeignKeyLeaves(TableName table, Identifier constraint);

  /** Gives an index and its constraint, on the partitions, the comments that another has there. */
  String carryIndexComments(TableName table, Identifier from, Identifier to);

  /** The same for checks and foreign keys. */
  String carryConstraintComments(TableName table, Identifier from, Identifier to);

  /** Asks whether the table has just these partitions. */
  Check partitionsAre(long table, List<Long> partitions);

  /** Asks whether no partition has anything on the column that it does not have from the table. */
  Check nothingOfTheirOwn(long table, Identifier column);
}
