package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.Columns;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.dialect.Enums;
import dev.gatefold.planner.dialect.Feeds;
import dev.gatefold.planner.dialect.Identities;
import dev.gatefold.planner.dialect.Moves;
import dev.gatefold.planner.dialect.Partitions;
import dev.gatefold.planner.dialect.Policies;
import dev.gatefold.planner.dialect.Retirement;
import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.dialect.Tables;
import dev.gatefold.planner.dialect.Violations;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.ExtendedStatistics;
import dev.gatefold.planner.schema.Follower;
import dev.gatefold.planner.schema.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** PostgreSQL 14 and later. */
public final class PostgresDialect implements Dialect {

  private final SyncTriggers triggers = new SyncTriggers();
  private final UseRecorder recorder = new UseRecorder();

  @Override
  public String addColumns(TableName table, List<NewColumn> columns) {
    return alter(table)
        + columns.stream().map(PostgresDialect::addColumn).collect(Collectors.joining(", "));
  }

  private static String addColumn(NewColumn column) {
    String collation = column.type().collation().map(c -> " COLLATE " + c).orElse("");
    return "ADD COLUMN " + column.name().quoted() + " " + column.type().sql() + collation;
  }

  @Override
  public List<String> carryColumn(TableName table, Column from, Identifier to, boolean sameType) {
    return ColumnSql.carry(table, from, to, sameType);
  }

  @Override
  public String grantColumn(TableName table, Identifier column, Column.Grant grant) {
    return ColumnSql.grant(table, column, grant);
  }

  @Override
  public Moves moves() {
    return new PostgresMoves();
  }

  @Override
  public Feeds feeds(int version) {
    return new PostgresFeeds(version);
  }

  @Override
  public Columns columns() {
    return new PostgresColumns();
  }

  @Override
  public Identities identities() {
    return new PostgresIdentities();
  }

  @Override
  public Retirement retirement() {
    return new RetiredColumns();
  }

  @Override
  public String dropColumns(TableName table, List<Identifier> columns) {
    return alter(table)
        + columns.stream()
            .map(column -> "DROP COLUMN " + column.quoted())
            .collect(Collectors.joining(", "));
  }

  @Override
  public String renameColumn(TableName table, Identifier from, Identifier to) {
    return alter(table) + "RENAME COLUMN " + from.quoted() + " TO " + to.quoted();
  }

  @Override
  public String setNotNull(TableName table, Identifier column) {
    return alter(table) + "ALTER COLUMN " + column.quoted() + " SET NOT NULL";
  }

  @Override
  public String addNotNull(
      TableName table, Identifier constraint, Identifier column, boolean inherited) {
    return alter(table)
        + "ADD CONSTRAINT %s NOT NULL %s%s"
            .formatted(constraint.quoted(), column.quoted(), inherited ? "" : " NO INHERIT");
  }

  @Override
  public String dropNotNull(TableName table, Identifier column) {
    return alter(table) + "ALTER COLUMN " + column.quoted() + " DROP NOT NULL";
  }

  @Override
  public String setType(TableName table, Identifier column, ColumnType type) {
    String collation = type.collation().map(c -> " COLLATE " + c).orElse("");
    return alter(table) + "ALTER COLUMN " + column.quoted() + " TYPE " + type.sql() + collation;
  }

  @Override
  public String setDefault(TableName table, Identifier column, Optional<String> expression) {
    return alter(table)
        + "ALTER COLUMN "
        + column.quoted()
        + expression.map(value -> " SET DEFAULT " + value).orElse(" DROP DEFAULT");
  }

  @Override
  public List<String> moveIdentity(
      TableName table, Identifier from, Identifier to, Column.Identity identity) {
    return IdentityMove.of(table, from, to, identity);
  }

  @Override
  public List<String> sequenceAs(TableName sequence, String type) {
    return SequenceType.of(sequence, type);
  }

  @Override
  public String ownSequence(String sequence, TableName table, Identifier column) {
    return "ALTER SEQUENCE " + sequence + " OWNED BY " + table.quoted() + "." + column.quoted();
  }

  @Override
  public List<String> createSync(SyncSpec sync, SyncMode mode) {
    return triggers.create(sync, mode);
  }

  @Override
  public List<String> dropSync(SyncSpec sync) {
    return triggers.drop(sync);
  }

  @Override
  public List<String> createRecorder(SyncSpec sync) {
    return recorder.create(sync);
  }

  @Override
  public List<String> dropRecorder(SyncSpec sync) {
    return recorder.drop(sync);
  }

  @Override
  public String same(String left, String right, ColumnType type) {
    return Comparison.same(left, right, type);
  }

  @Override
  public String createIndex(TableName table, Identifier index, boolean unique, String definition) {
    return "CREATE %sINDEX CONCURRENTLY %s ON %s %s"
        .formatted(unique ? "UNIQUE " : "", index.quoted(), table.quoted(), definition);
  }

  @Override
  public String dropIndexOnline(TableName table, Identifier index) {
    return "DROP INDEX CONCURRENTLY IF EXISTS " + inSchemaOf(table, index);
  }

  @Override
  public String dropIndex(TableName table, Identifier index) {
    return "DROP INDEX " + inSchemaOf(table, index);
  }

  @Override
  public String renameIndex(TableName table, Identifier from, Identifier to) {
    return "ALTER INDEX " + inSchemaOf(table, from) + " RENAME TO " + to.quoted();
  }

  @Override
  public String adoptIndex(
      TableName table, Identifier constraint, Identifier index, String deferral) {
    return adopt(table, constraint, "UNIQUE", index, deferral);
  }

  @Override
  public String adoptPrimaryKey(
      TableName table, Identifier constraint, Identifier index, String deferral) {
    return adopt(table, constraint, "PRIMARY KEY", index, deferral);
  }

  private static String adopt(
      TableName table, Identifier constraint, String kind, Identifier index, String deferral) {
    return alter(table)
        + "ADD CONSTRAINT %s %s USING INDEX %s".formatted(constraint.quoted(), kind, index.quoted())
        + (deferral.isEmpty() ? "" : " " + deferral);
  }

  @Override
  public String addNotValid(TableName table, Identifier constraint, String definition) {
    String suffix = definition.endsWith(" NOT VALID") ? "" : " NOT VALID";
    return alter(table) + "ADD CONSTRAINT " + constraint.quoted() + " " + definition + suffix;
  }

  @Override
  public String addConstraint(TableName table, Identifier constraint, String definition) {
    return alter(table) + "ADD CONSTRAINT " + constraint.quoted() + " " + definition;
  }

  @Override
  public String notNullCheck(Identifier column) {
    return "CHECK (" + column.quoted() + " IS NOT NULL)";
  }

  @Override
  public String validate(TableName table, Identifier constraint) {
    return alter(table) + "VALIDATE CONSTRAINT " + constraint.quoted();
  }

  @Override
  public String dropConstraint(TableName table, Identifier constraint) {
    return alter(table) + "DROP CONSTRAINT " + constraint.quoted();
  }

  @Override
  public String renameConstraint(TableName table, Identifier from, Identifier to) {
    return alter(table) + "RENAME CONSTRAINT " + from.quoted() + " TO " + to.quoted();
  }

  @Override
  public String commentOnConstraint(TableName table, Identifier constraint, String text) {
    return "COMMENT ON CONSTRAINT %s ON %s IS %s"
        .formatted(constraint.quoted(), table.quoted(), Literal.of(text));
  }

  @Override
  public String setIndexTarget(TableName table, Identifier index, Index.Target target) {
    return "ALTER INDEX %s ALTER COLUMN %d SET STATISTICS %d"
        .formatted(inSchemaOf(table, index), target.column(), target.value());
  }

  @Override
  public String commentOnIndex(TableName table, Identifier index, String text) {
    return "COMMENT ON INDEX " + inSchemaOf(table, index) + " IS " + Literal.of(text);
  }

  @Override
  public List<String> createStatistics(
      TableName table, TableName name, String definition, ExtendedStatistics like) {
    return StatisticsSql.create(table, name, definition, like);
  }

  @Override
  public String dropStatistics(TableName statistics) {
    return StatisticsSql.drop(statistics);
  }

  @Override
  public String renameStatistics(TableName from, Identifier to) {
    return StatisticsSql.rename(from, to);
  }

  @Override
  public String analyze(TableName table, List<Identifier> columns) {
    return StatisticsSql.analyze(table, columns);
  }

  @Override
  public List<String> republish(
      Identifier publication, TableName table, List<Identifier> columns, Optional<String> filter) {
    return PublicationSql.republish(publication, table, columns, filter);
  }

  @Override
  public String identifyRowsBy(TableName table, Identifier index) {
    return alter(table) + "REPLICA IDENTITY USING INDEX " + index.quoted();
  }

  @Override
  public String identifyNoRows(TableName table) {
    return alter(table) + "REPLICA IDENTITY NOTHING";
  }

  @Override
  public String clusterAlong(TableName table, Identifier index) {
    return alter(table) + "CLUSTER ON " + index.quoted();
  }

  @Override
  public String noteDefinition(
      Follower follower, boolean again, Optional<String> definition, int number) {
    return FollowerScripts.note(follower, again, definition, number);
  }

  @Override
  public String dropViews(List<TableName> views) {
    return "DROP VIEW " + views.stream().map(TableName::quoted).collect(Collectors.joining(", "));
  }

  @Override
  public String makeNoted(Follower follower, int number) {
    return FollowerScripts.make(follower, number);
  }

  @Override
  public Check readBy(long table, int attnum, List<Follower> followers) {
    return CatalogQuestions.readBy(
        table, attnum, followers.stream().map(Follower::identity).toList());
  }

  @Override
  public Check tableIs(TableName table, long oid) {
    return CatalogQuestions.tableIs(table, oid);
  }

  @Override
  public Check carriesOnly(long table, int attnum, Hanging hanging) {
    return CatalogQuestions.carriesOnly(table, attnum, hanging);
  }

  @Override
  public Check columnIs(long table, int attnum, Identifier name) {
    return CatalogQuestions.columnIs(table, attnum, name);
  }

  @Override
  public Check columnIsNew(long table, int lastAttnum, Identifier name) {
    return CatalogQuestions.columnIsNew(table, lastAttnum, name);
  }

  @Override
  public Check indexIsValid(TableName table, Identifier index, Index like) {
    return CatalogQuestions.indexIsValid(table.schema(), index, like);
  }

  @Override
  public Check indexIsGone(TableName table, Identifier index) {
    return CatalogQuestions.indexIsGone(table.schema(), index);
  }

  @Override
  public List<String> amongPublic(List<String> statements, boolean transaction) {
    List<String> sql = new ArrayList<>();
    sql.add((transaction ? "SET LOCAL" : "SET") + " search_path TO public");
    sql.addAll(statements);
    if (!transaction) {
      sql.add("RESET search_path");
    }
    return sql;
  }

  @Override
  public Policies policies() {
    return new PostgresPolicies();
  }

  @Override
  public Tables tables() {
    return new PostgresTables();
  }

  @Override
  public Partitions partitions() {
    return new PostgresPartitions();
  }

  @Override
  public Enums enums() {
    return new PostgresEnums();
  }

  @Override
  public Violations violations() {
    return new PostgresViolations();
  }

  @Override
  public Check constraintIsValid(long table, Identifier constraint) {
    return CatalogQuestions.constraintIsValid(table, constraint);
  }

  private static String alter(TableName table) {
    return "ALTER TABLE " + table.quoted() + " ";
  }

  /** An index lives in its table's schema. */
  private static String inSchemaOf(TableName table, Identifier index) {
    return table.schema().quoted() + "." + index.quoted();
  }
}
