package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Drafts;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An operation whose steps are written down as they are, without a new column in the place of an
 * old one. Most of them run in {@code expand}, what takes something away in {@code retire} and
 * {@code drop}.
 */
public sealed interface DirectOperation extends Operation
    permits AddColumn,
        AddConstraint,
        AddEnumValue,
        AlterForeignKey,
        AlterIndex,
        CreateEnum,
        CreateIndex,
        CreatePolicy,
        CreateTable,
        CreateView,
        DropColumn,
        DropConstraint,
        DropEnum,
        DropIndex,
        DropPolicy,
        DropTable,
        DropView,
        MoveColumns,
        RawSql,
        RebuildTable,
        RemoveEnumValue,
        RenameConstraint,
        RenameEnumValue,
        RenameTable,
        ReplaceView,
        RowSecurity,
        SetReplicaIdentity,
        WidenKey {

  /** The tables that the planner has to know, whether they exist or not. */
  List<TableName> tables();

  /** What the server is to try, in this order, after the drafts of the operations before. */
  default List<Draft<?>> drafts() {
    return List.of();
  }

  /** Columns of a table about which the planner has to know what reads them. */
  default Set<Identifier> columns(TableName table) {
    return Set.of();
  }

  /** The columns that give way to others because of it, by what the server said to its drafts. */
  default List<AlterColumn> replaced(Drafts answers) {
    return List.of();
  }

  /** A type that gives way to another. */
  default Optional<TypeTrade> trade() {
    return Optional.empty();
  }

  /** Answers with the case that fits. */
  <R> R match(DirectCases<R> cases);

  @Override
  default <R> R match(Cases<R> cases) {
    return cases.direct(this);
  }

  /** One answer for each kind. */
  interface DirectCases<R> {
    R addColumn(AddColumn operation);

    R addConstraint(AddConstraint operation);

    R addEnumValue(AddEnumValue operation);

    R alterForeignKey(AlterForeignKey operation);

    R alterIndex(AlterIndex operation);

    R createEnum(CreateEnum operation);

    R createIndex(CreateIndex operation);

    R createPolicy(CreatePolicy operation);

    R createTable(CreateTable operation);

    R createView(CreateView operation);

    R dropColumn(DropColumn operation);

    R dropConstraint(DropConstraint operation);

    R dropEnum(DropEnum operation);

    R dropIndex(DropIndex operation);

    R dropPolicy(DropPolicy operation);

    R dropTable(DropTable operation);

    R dropView(DropView operation);

    R moveColumns(MoveColumns operation);

    R rawSql(RawSql operation);

    R rebuildTable(RebuildTable operation);

    R removeEnumValue(RemoveEnumValue operation);

    R renameConstraint(RenameConstraint operation);

    R renameEnumValue(RenameEnumValue operation);

    R renameTable(RenameTable operation);

    R replaceView(ReplaceView operation);

    R rowSecurity(RowSecurity operation);

    R setReplicaIdentity(SetReplicaIdentity operation);

    R widenKey(WidenKey operation);
  }
}
