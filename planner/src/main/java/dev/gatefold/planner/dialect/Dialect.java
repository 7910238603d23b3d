package dev.gatefold.planner.dialect;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.ColumnType;
import java.util.List;
import java.util.Optional;

/**
 * Every SQL text of a plan, and with it the knowledge of what each takes and touches. Pure and
 * thread-safe: it knows a kind of database, not a connection.
 */
public interface Dialect {

  /** Adds empty columns, without default and without constraint: metadata only. */
  String addColumns(TableName table, List<NewColumn> columns);

  /** A column to add. */
  record NewColumn(Identifier name, ColumnType type) {}

  /** Privileges, comment, statistics and storage of one column, given to another. */
  List<String> carryColumn(TableName table, Column from, Identifier to, boolean sameType);

  /** Drops columns that nothing but the table's own indexes and constraints depends on. */
  String dropColumns(TableName table, List<Identifier> columns);

  String renameColumn(TableName table, Identifier from, Identifier to);

  /** Takes the ability to hold NULL; no scan where a validated check says so already. */
  String setNotNull(TableName table, Identifier column);

  String dropNotNull(TableName table, Identifier column);

  /** Changes a type where that needs neither rewrite nor scan. */
  String setType(TableName table, Identifier column, ColumnType type);

  String setDefault(TableName table, Identifier column, Optional<String> expression);

  /** Moves an identity, with its sequence's name and position, from one column to another. */
  List<String> moveIdentity(
      TableName table, Identifier from, Identifier to, Column.Identity identity);

  String ownSequence(String sequence, TableName table, Identifier column);

  /** Makes or replaces functions and triggers of a sync in a mode. */
  List<String> createSync(SyncSpec sync, SyncMode mode);

  List<String> dropSync(SyncSpec sync);

  /** Whether two values are the same, to the last bit where equality is more lenient than that. */
  String same(String left, String right, ColumnType type);

  String createIndex(TableName table, Identifier index, boolean unique, String definition);

  String dropIndexOnline(TableName table, Identifier index);

  String dropIndex(TableName table, Identifier index);

  String renameIndex(TableName table, Identifier from, Identifier to);

  /** Makes a unique constraint of a unique index: metadata only. */
  String adoptIndex(TableName table, Identifier constraint, Identifier index, String deferral);

  /** Adds a check or foreign key that looks at new rows only. */
  String addNotValid(TableName table, Identifier constraint, String definition);

  /** The definition of a check that a column is not NULL. */
  String notNullCheck(Identifier column);

  String validate(TableName table, Identifier constraint);

  String dropConstraint(TableName table, Identifier constraint);

  String renameConstraint(TableName table, Identifier from, Identifier to);

  String commentOnConstraint(TableName table, Identifier constraint, String text);

  String commentOnIndex(TableName table, Identifier index, String text);

  /** Asks whether a name still means the table that the plan was made for. */
  Check tableIs(TableName table, long oid);

  /**
   * Asks whether a column has just these indexes and constraints: one that was added meanwhile
   * would be lost with it.
   */
  Check carriesOnly(long table, int attnum, List<Identifier> indexes, List<Identifier> constraints);

  /** Asks whether a column of a table is the very one that was meant. */
  Check columnIs(long table, int attnum, Identifier name);

  /** Asks whether a column came into being after the plan was made. */
  Check columnIsNew(long table, int lastAttnum, Identifier name);

  /** Asks whether an index is there, usable, and has its comment. */
  Check indexIsValid(TableName table, Identifier index, Optional<String> comment);

  Check indexIsGone(TableName table, Identifier index);

  /** Asks whether a constraint was validated. */
  Check constraintIsValid(long table, Identifier constraint);
}
