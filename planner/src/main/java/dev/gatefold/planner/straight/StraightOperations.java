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
import dev.gatefold.planner.change.RebuildTable;
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
import dev.gatefold.planner.direct.RebuildAtOnce;
import dev.gatefold.planner.direct.Site;
import dev.gatefold.planner.draft.SmallerEnum;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.replacement.Names;
import java.util.List;
import java.util.stream.Stream;

/**
 * The straight way of one operation that the planner accepts. Where the steps of its plan are what
 * one would write by hand, they are taken as they are.
 */
final class StraightOperations implements DirectOperation.DirectCases<Piece> {

  private final Site site;
  private final Dialect dialect;
  private final Planned.Staged planned;

  StraightOperations(Site site, Planned.Staged planned) {
    this.site = site;
    this.dialect = site.dialect();
    this.planned = planned;
  }

  private Piece asPlanned() {
    List<Step> steps =
        Stream.of(StageName.values()).flatMap(stage -> planned.in(stage).stream()).toList();
    return Piece.all(steps.stream().map(StraightOperations::asPlanned).toList());
  }

  /** Whatever is taken back beside traffic is not for one transaction. */
  private static Piece asPlanned(Step step) {
    boolean returns =
        step.undo().possible()
            && step.undo().steps().stream().allMatch(Step.BriefDdl.class::isInstance);
    return returns
        ? Piece.of(
            step.sql(), step.undo().steps().stream().flatMap(undo -> undo.sql().stream()).toList())
        : Piece.forGood(step.sql());
  }

  @Override
  public Piece addColumn(AddColumn operation) {
    return Piece.of(
        new StraightColumn(site, operation).statements(),
        List.of(
            dialect.dropColumns(operation.column().table(), List.of(operation.column().name()))));
  }

  @Override
  public Piece addConstraint(AddConstraint operation) {
    return new StraightTable(site).add(operation.constraint());
  }

  @Override
  public Piece addEnumValue(AddEnumValue operation) {
    return asPlanned();
  }

  @Override
  public Piece alterForeignKey(AlterForeignKey operation) {
    return new StraightTable(site).alter(operation);
  }

  @Override
  public Piece alterIndex(AlterIndex operation) {
    return new StraightTable(site).alter(operation.index());
  }

  @Override
  public Piece createEnum(CreateEnum operation) {
    return asPlanned();
  }

  @Override
  public Piece createIndex(CreateIndex operation) {
    return new StraightTable(site).create(operation.index());
  }

  @Override
  public Piece createPolicy(CreatePolicy operation) {
    return asPlanned();
  }

  @Override
  public Piece createTable(CreateTable operation) {
    return asPlanned();
  }

  @Override
  public Piece createView(CreateView operation) {
    return asPlanned();
  }

  @Override
  public Piece dropColumn(DropColumn operation) {
    return Piece.forGood(
        List.of(dialect.dropColumns(operation.table(), List.of(operation.column()))));
  }

  @Override
  public Piece dropConstraint(DropConstraint operation) {
    return new StraightTable(site).drop(operation);
  }

  @Override
  public Piece dropEnum(DropEnum operation) {
    return Piece.forGood(List.of(dialect.enums().drop(operation.type())));
  }

  @Override
  public Piece dropIndex(DropIndex operation) {
    return new StraightTable(site).drop(operation);
  }

  @Override
  public Piece dropPolicy(DropPolicy operation) {
    return asPlanned();
  }

  @Override
  public Piece dropTable(DropTable operation) {
    return Piece.forGood(List.of(dialect.tables().drop(operation.table())));
  }

  @Override
  public Piece dropView(DropView operation) {
    return Piece.forGood(List.of(dialect.tables().dropView(operation.view())));
  }

  @Override
  public Piece moveColumns(MoveColumns operation) {
    return Piece.forGood(new StraightMove(site, operation).statements());
  }

  @Override
  public Piece rawSql(RawSql operation) {
    return asPlanned();
  }

  /** Its columns are replaced as others are, by which time the name is that of the new type. */
  @Override
  public Piece rebuildTable(RebuildTable operation) {
    return Piece.forGood(new RebuildAtOnce(site, operation).statements());
  }

  @Override
  public Piece removeEnumValue(RemoveEnumValue operation) {
    TypeTrade trade = operation.trade().orElseThrow();
    List<String> values =
        site.schema()
            .drafts()
            .of(new SmallerEnum(trade.type(), trade.building(), operation.value()))
            .accepted()
            .values();
    return Piece.forGood(
        List.of(
            dialect.enums().rename(trade.type(), trade.aside().name()),
            dialect.enums().create(trade.type(), values),
            dialect.enums().carry(trade.aside(), trade.type())));
  }

  @Override
  public Piece renameConstraint(RenameConstraint operation) {
    return asPlanned();
  }

  @Override
  public Piece renameEnumValue(RenameEnumValue operation) {
    return asPlanned();
  }

  @Override
  public Piece renameTable(RenameTable operation) {
    Identifier between = new Names(site.whole().name(), operation.table()).oldRelation();
    return Piece.of(
        dialect.tables().move(operation.table(), operation.to(), between),
        dialect.tables().move(operation.to(), operation.table(), between));
  }

  @Override
  public Piece replaceView(ReplaceView operation) {
    return asPlanned();
  }

  @Override
  public Piece rowSecurity(RowSecurity operation) {
    return asPlanned();
  }

  @Override
  public Piece setReplicaIdentity(SetReplicaIdentity operation) {
    return asPlanned();
  }

  /** The sequences; the columns are replaced as others are. */
  @Override
  public Piece widenKey(WidenKey operation) {
    return asPlanned();
  }
}
