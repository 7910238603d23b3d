package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.AddColumn;
import dev.gatefold.planner.change.AddConstraint;
import dev.gatefold.planner.change.AddEnumValue;
import dev.gatefold.planner.change.AlterForeignKey;
import dev.gatefold.planner.change.AlterIndex;
import dev.gatefold.planner.change.CreateEnum;
import dev.gatefold.planner.change.CreateIndex;
import dev.gatefold.planner.change.CreatePolicy;
import dev.gatefold.planner.change.CreateTable;
import dev.gatefold.planner.change.CreateView;
import dev.gatefold.planner.change.DirectOperation;
import dev.gatefold.planner.change.DropColumn;
import dev.gatefold.planner.change.DropConstraint;
import dev.gatefold.planner.change.DropEnum;
import dev.gatefold.planner.change.DropIndex;
import dev.gatefold.planner.change.DropPolicy;
import dev.gatefold.planner.change.DropTable;
import dev.gatefold.planner.change.DropView;
import dev.gatefold.planner.change.MoveColumns;
import dev.gatefold.planner.change.RawSql;
import dev.gatefold.planner.change.RebuildTable;
import dev.gatefold.planner.change.RemoveEnumValue;
import dev.gatefold.planner.change.RenameConstraint;
import dev.gatefold.planner.change.RenameEnumValue;
import dev.gatefold.planner.change.RenameTable;
import dev.gatefold.planner.change.ReplaceView;
import dev.gatefold.planner.change.RowSecurity;
import dev.gatefold.planner.change.SetReplicaIdentity;
import dev.gatefold.planner.change.WidenKey;
import dev.gatefold.planner.operation.Planned;

/** Hands an operation to the class of its kind. */
public final class DirectPlanner implements DirectOperation.DirectCases<Planned> {

  private final Site site;

  public DirectPlanner(Site site) {
    this.site = site;
  }

  @Override
  public Planned addColumn(AddColumn operation) {
    return new AddColumnPlanner(site).plan(operation);
  }

  @Override
  public Planned addConstraint(AddConstraint operation) {
    return new AddConstraintPlanner(site).plan(operation.constraint());
  }

  @Override
  public Planned addEnumValue(AddEnumValue operation) {
    return new AddEnumValuePlanner(site).plan(operation);
  }

  @Override
  public Planned alterForeignKey(AlterForeignKey operation) {
    return new AlterForeignKeyPlanner(site).plan(operation);
  }

  @Override
  public Planned alterIndex(AlterIndex operation) {
    return new AlterIndexPlanner(site).plan(operation.index());
  }

  @Override
  public Planned createEnum(CreateEnum operation) {
    return new CreateEnumPlanner(site).plan(operation);
  }

  @Override
  public Planned createIndex(CreateIndex operation) {
    return new CreateIndexPlanner(site).plan(operation.index());
  }

  @Override
  public Planned createTable(CreateTable operation) {
    return new CreateTablePlanner(site).plan(operation);
  }

  @Override
  public Planned dropColumn(DropColumn operation) {
    return new DropColumnPlanner(site).plan(operation);
  }

  @Override
  public Planned dropConstraint(DropConstraint operation) {
    return new DropConstraintPlanner(site).plan(operation);
  }

  @Override
  public Planned dropEnum(DropEnum operation) {
    return new DropEnumPlanner(site).plan(operation);
  }

  @Override
  public Planned dropIndex(DropIndex operation) {
    return new DropIndexPlanner(site).plan(operation);
  }

  @Override
  public Planned removeEnumValue(RemoveEnumValue operation) {
    return new RemoveEnumValuePlanner(site).plan(operation);
  }

  @Override
  public Planned renameConstraint(RenameConstraint operation) {
    return new RenameConstraintPlanner(site).plan(operation);
  }

  @Override
  public Planned moveColumns(MoveColumns operation) {
    return new MoveColumnsPlanner(site).plan(operation);
  }

  @Override
  public Planned dropTable(DropTable operation) {
    return new DropTablePlanner(site).plan(operation);
  }

  @Override
  public Planned renameTable(RenameTable operation) {
    return new RenameTablePlanner(site).plan(operation);
  }

  @Override
  public Planned rawSql(RawSql operation) {
    return new RawSqlPlanner(site).plan(operation);
  }

  @Override
  public Planned rebuildTable(RebuildTable operation) {
    return new RebuildTablePlanner(site).plan(operation);
  }

  @Override
  public Planned createPolicy(CreatePolicy operation) {
    return new PolicyPlanner(site).create(operation);
  }

  @Override
  public Planned createView(CreateView operation) {
    return new ViewPlanner(site).create(operation);
  }

  @Override
  public Planned dropPolicy(DropPolicy operation) {
    return new PolicyPlanner(site).drop(operation);
  }

  @Override
  public Planned dropView(DropView operation) {
    return new ViewPlanner(site).drop(operation);
  }

  @Override
  public Planned replaceView(ReplaceView operation) {
    return new ViewPlanner(site).replace(operation);
  }

  @Override
  public Planned rowSecurity(RowSecurity operation) {
    return new PolicyPlanner(site).rowSecurity(operation);
  }

  @Override
  public Planned setReplicaIdentity(SetReplicaIdentity operation) {
    return new ReplicaIdentityPlanner(site).plan(operation);
  }

  @Override
  public Planned renameEnumValue(RenameEnumValue operation) {
    return new RenameEnumValuePlanner(site).plan(operation);
  }

  @Override
  public Planned widenKey(WidenKey operation) {
    return new WidenKeyPlanner(site).plan(operation);
  }
}
