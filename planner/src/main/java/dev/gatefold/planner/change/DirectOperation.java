package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Set;

/**
 * An operation whose steps are written down as they are, without a new column in the place of an
 * old one. Most of them run in {@code expand}, what takes something away in {@code retire} and
 * {@code drop}.
 */
public sealed interface DirectOperation extends Operation
    permits AddColumn,
        AddConstraint,
        AlterForeignKey,
        AlterIndex,
        CreateIndex,
        CreatePolicy,
        CreateTable,
        DropColumn,
        CreateView,
        DropConstraint,
        DropIndex,
        DropPolicy,
        DropTable,
        DropView,
        RawSql,
        RenameConstraint,
        RenameTable,
        ReplaceView,
        RowSecurity,
        SetReplicaIdentity {

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

    R alterForeignKey(AlterForeignKey operation);

    R alterIndex(AlterIndex operation);

    R createIndex(CreateIndex operation);

    R createTable(CreateTable operation);

    R dropColumn(DropColumn operation);

    R dropConstraint(DropConstraint operation);

    R dropIndex(DropIndex operation);

    R dropTable(DropTable operation);

    R renameConstraint(RenameConstraint operation);

    R renameTable(RenameTable operation);

    R rawSql(RawSql operation);

    R createPolicy(CreatePolicy operation);

    R createView(CreateView operation);

    R dropPolicy(DropPolicy operation);

    R dropView(DropView operation);

    R replaceView(ReplaceView operation);

    R rowSecurity(RowSecurity operation);

    R setReplicaIdentity(SetReplicaIdentity operation);
  }
}
