package dev.gatefold.planner.dialect;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.ExtendedStatistics;
import dev.gatefold.planner.schema.Follower;
import dev.gatefold.planner.schema.Index;
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

  /** One privilege on a column. */
  String grantColumn(TableName table, Identifier column, Column.Grant grant);

  /** Columns that come with nothing to give way to them. */
  Columns columns();

  /** Numbers that the server gives to rows in a column that is there. */
  Identities identities();

  /** How old columns are put out of reach in the stage retire. */
  Retirement retirement();

  /** Drops columns that nothing but the table's own indexes and constraints depends on. */
  String dropColumns(TableName table, List<Identifier> columns);

  String renameColumn(TableName table, Identifier from, Identifier to);

  /** Takes the ability to hold NULL; no scan where a validated check says so already. */
  String setNotNull(TableName table, Identifier column);

  /** The same as a constraint of that name, on servers that name it. */
  String addNotNull(TableName table, Identifier constraint, Identifier column, boolean inherited);

  String dropNotNull(TableName table, Identifier column);

  /** Changes a type where that needs neither rewrite nor scan. */
  String setType(TableName table, Identifier column, ColumnType type);

  String setDefault(TableName table, Identifier column, Optional<String> expression);

  /** Moves an identity, with its sequence's name and position, from one column to another. */
  List<String> moveIdentity(
      TableName table, Identifier from, Identifier to, Column.Identity identity);

  /** Lets a sequence count in another type; one that is past its end stays at it. */
  List<String> sequenceAs(TableName sequence, String type);

  String ownSequence(String sequence, TableName table, Identifier column);

  /** Makes or replaces functions and triggers of a sync in a mode. */
  List<String> createSync(SyncSpec sync, SyncMode mode);

  List<String> dropSync(SyncSpec sync);

  /** Makes or replaces what records who writes which of the columns of a sync. */
  List<String> createRecorder(SyncSpec sync);

  List<String> dropRecorder(SyncSpec sync);

  /** Whether two values are the same, to the last bit where equality is more lenient than that. */
  String same(String left, String right, ColumnType type);

  String createIndex(TableName table, Identifier index, boolean unique, String definition);

  String dropIndexOnline(TableName table, Identifier index);

  String dropIndex(TableName table, Identifier index);

  String renameIndex(TableName table, Identifier from, Identifier to);

  /** Makes a unique constraint of a unique index: metadata only. */
  String adoptIndex(TableName table, Identifier constraint, Identifier index, String deferral);

  /** Makes the primary key of a unique index over columns that are NOT NULL: metadata only. */
  String adoptPrimaryKey(TableName table, Identifier constraint, Identifier index, String deferral);

  /** Adds a check or foreign key that looks at new rows only. */
  String addNotValid(TableName table, Identifier constraint, String definition);

  /** Adds a constraint as it is, with a look at every row: for tables without any. */
  String addConstraint(TableName table, Identifier constraint, String definition);

  /** The definition of a check that a column is not NULL. */
  String notNullCheck(Identifier column);

  String validate(TableName table, Identifier constraint);

  String dropConstraint(TableName table, Identifier constraint);

  String renameConstraint(TableName table, Identifier from, Identifier to);

  String commentOnConstraint(TableName table, Identifier constraint, String text);

  String commentOnIndex(TableName table, Identifier index, String text);

  /** Makes statistics over several columns or over expressions, still without any data. */
  List<String> createStatistics(
      TableName table, TableName name, String definition, ExtendedStatistics like);

  String dropStatistics(TableName statistics);

  String renameStatistics(TableName from, Identifier to);

  /** Looks at a sample of the rows, so that the planner of queries knows the columns. */
  String analyze(TableName table, List<Identifier> columns);

  /**
   * Publishes a table anew.
   *
   * @param columns the columns to send; none to send all
   * @param filter the condition on rows as the definition of a CHECK
   */
  List<String> republish(
      Identifier publication, TableName table, List<Identifier> columns, Optional<String> filter);

  /** Lets a unique index identify the rows that a publication sends: metadata only. */
  String identifyRowsBy(TableName table, Identifier index);

  /** Lets no row be identified, until an index does it again. */
  String identifyNoRows(TableName table);

  /** Notes along which index CLUSTER goes: metadata only. */
  String clusterAlong(TableName table, Identifier index);

  /**
   * Notes how an object is made that reads what it reads now, with the names that the columns have
   * at this instant. A server without parsing of ours: what it prints now means other columns once
   * the names have gone over to them.
   *
   * @param definition the definition to note in place of what the server would print
   * @param again whether a view is to be made from nothing, with all that belongs to it
   */
  String noteDefinition(Follower follower, boolean again, Optional<String> definition, int number);

  String dropViews(List<TableName> views);

  /** Makes the object that was noted under the number earlier in the transaction. */
  String makeNoted(Follower follower, int number);

  /** Asks whether just these views, rules, policies, triggers and functions read a column. */
  Check readBy(long table, int attnum, List<Follower> followers);

  /** Asks whether a name still means the table that the plan was made for. */
  Check tableIs(TableName table, long oid);

  /** Asks whether just these objects hang on a column: one added meanwhile would be lost. */
  Check carriesOnly(long table, int attnum, Hanging hanging);

  /** Names of what hangs on a column. */
  record Hanging(
      List<Identifier> indexes,
      List<Identifier> constraints,
      List<TableName> statistics,
      List<Identifier> publications) {}

  /** Asks whether a column of a table is the very one that was meant. */
  Check columnIs(long table, int attnum, Identifier name);

  /** Asks whether a column came into being after the plan was made. */
  Check columnIsNew(long table, int lastAttnum, Identifier name);

  /** The statistics target of a column of an index. */
  String setIndexTarget(TableName table, Identifier index, Index.Target target);

  /** Asks whether an index is there, usable, and has comment and targets of the other. */
  Check indexIsValid(TableName table, Identifier index, Index like);

  Check indexIsGone(TableName table, Identifier index);

  /**
   * Lets statements of an author find names without a schema where the names of a change file mean
   * them: in {@code public}.
   */
  List<String> amongPublic(List<String> statements, boolean transaction);

  /** What keeps columns of two tables in step. */
  Moves moves();

  /** What change feeds read from, on a server of that major version. */
  Feeds feeds(int version);

  /** Who sees which rows. */
  Policies policies();

  /** What makes, moves and drops whole tables. */
  Tables tables();

  /** The same for the partitions of a table. */
  Partitions partitions();

  /** Statements on enums. */
  Enums enums();

  /** Queries for rows that stand in the way of a constraint. */
  Violations violations();

  /** Asks whether a constraint was validated. */
  Check constraintIsValid(long table, Identifier constraint);
}
