package dev.gatefold.planner.straight;

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
import dev.gatefold.planner.change.RemoveEnumValue;
import dev.gatefold.planner.change.RenameConstraint;
import dev.gatefold.planner.change.RenameEnumValue;
import dev.gatefold.planner.change.RenameTable;
import dev.gatefold.planner.change.ReplaceView;
import dev.gatefold.planner.change.RowSecurity;
import dev.gatefold.planner.change.SetReplicaIdentity;
import dev.gatefold.planner.change.TypeTrade;
import dev.gatefold.planner.change.WidenKey;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.direct.Site;
import dev.gatefold.planner.draft.SmallerEnum;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.replacement.Names;
import java.util.List;
import java.util.stream.Stream;

/**
 * The straight way of one operation that the planner accepts. Where the steps of its plan are what
 * one would write by hand, they are taken as they are.
 */
final class StraightOperations implements DirectOperation.DirectCases<List<String>> {

  private final Site site;
  private final Dialect dialect;
  private final Planned.Staged planned;

  StraightOperations(Site site, Planned.Staged planned) {
    this.site = site;
    this.dialect = site.dialect();
    this.planned = planned;
  }

  private List<String> asPlanned() {
    return Stream.of(StageName.values())
        .flatMap(stage -> planned.in(stage).stream())
        .flatMap(step -> step.sql().stream())
        .toList();
  }

  @Override
  public List<String> addColumn(AddColumn operation) {
    return new StraightColumn(site, operation).statements();
  }

  @Override
  public List<String> addConstraint(AddConstraint operation) {
    return List.of(new StraightTable(site).add(operation.constraint()));
  }

  @Override
  public List<String> addEnumValue(AddEnumValue operation) {
    return asPlanned();
  }

  @Override
  public List<String> alterForeignKey(AlterForeignKey operation) {
    return new StraightTable(site).alter(operation);
  }

  @Override
  public List<String> alterIndex(AlterIndex operation) {
    return List.of(
        dialect.dropIndex(operation.index().table(), operation.index().name()),
        new StraightTable(site).create(operation.index()));
  }

  @Override
  public List<String> createEnum(CreateEnum operation) {
    return asPlanned();
  }

  @Override
  public List<String> createIndex(CreateIndex operation) {
    return List.of(new StraightTable(site).create(operation.index()));
  }

  @Override
  public List<String> createPolicy(CreatePolicy operation) {
    return asPlanned();
  }

  @Override
  public List<String> createTable(CreateTable operation) {
    return asPlanned();
  }

  @Override
  public List<String> createView(CreateView operation) {
    return asPlanned();
  }

  @Override
  public List<String> dropColumn(DropColumn operation) {
    return List.of(dialect.dropColumns(operation.table(), List.of(operation.column())));
  }

  @Override
  public List<String> dropConstraint(DropConstraint operation) {
    return asPlanned();
  }

  @Override
  public List<String> dropEnum(DropEnum operation) {
    return List.of(dialect.enums().drop(operation.type()));
  }

  @Override
  public List<String> dropIndex(DropIndex operation) {
    return List.of(dialect.dropIndex(operation.table(), operation.index()));
  }

  @Override
  public List<String> dropPolicy(DropPolicy operation) {
    return asPlanned();
  }

  @Override
  public List<String> dropTable(DropTable operation) {
    return List.of(dialect.tables().drop(operation.table()));
  }

  @Override
  public List<String> dropView(DropView operation) {
    return List.of(dialect.tables().dropView(operation.view()));
  }

  @Override
  public List<String> moveColumns(MoveColumns operation) {
    return new StraightMove(site, operation).statements();
  }

  @Override
  public List<String> rawSql(RawSql operation) {
    return asPlanned();
  }

  /** Its columns are replaced as others are, by which time the name is that of the new type. */
  @Override
  public List<String> removeEnumValue(RemoveEnumValue operation) {
    TypeTrade trade = operation.trade().orElseThrow();
    List<String> values =
        site.schema()
            .drafts()
            .of(new SmallerEnum(trade.type(), trade.building(), operation.value()))
            .accepted()
            .values();
    return List.of(
        dialect.enums().rename(trade.type(), trade.aside().name()),
        dialect.enums().create(trade.type(), values),
        dialect.enums().carry(trade.aside(), trade.type()));
  }

  @Override
  public List<String> renameConstraint(RenameConstraint operation) {
    return asPlanned();
  }

  @Override
  public List<String> renameEnumValue(RenameEnumValue operation) {
    return asPlanned();
  }

  @Override
  public List<String> renameTable(RenameTable operation) {
    return dialect
        .tables()
        .move(
            operation.table(),
            operation.to(),
            new Names(site.whole().name(), operation.table()).oldRelation());
  }

  @Override
  public List<String> replaceView(ReplaceView operation) {
    return asPlanned();
  }

  @Override
  public List<String> rowSecurity(RowSecurity operation) {
    return asPlanned();
  }

  @Override
  public List<String> setReplicaIdentity(SetReplicaIdentity operation) {
    return asPlanned();
  }

  /** The sequences; the columns are replaced as others are. */
  @Override
  public List<String> widenKey(WidenKey operation) {
    return asPlanned();
  }
}
