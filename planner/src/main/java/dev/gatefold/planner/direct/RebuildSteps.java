package dev.gatefold.planner.direct;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.draft.Shape;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Sync;
import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.replacement.BackfillSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The second primitive: a table of another shape is filled and kept in step, and takes the name.
 */
final class RebuildSteps {

  private static final String GONE = "the old table is gone";

  private final Rebuild rebuild;
  private final RebuildSwap swap;
  private final Dialect dialect;
  private final TableName name;

  RebuildSteps(Rebuild rebuild) {
    this.rebuild = rebuild;
    this.swap = new RebuildSwap(rebuild);
    this.dialect = rebuild.work().dialect();
    this.name = rebuild.table().name();
  }

  List<Step> in(StageName stage) {
    return switch (stage) {
      case EXPAND -> List.of(create(), rebuild.feed().makeSlot());
      case BACKFILL ->
          List.of(
              copyRows(),
              mode("strict", SyncMode.FILL, SyncMode.STRICT),
              verify(stage, rebuild.rowsBeforeSwap(), SyncMode.STRICT),
              analyze(),
              mode("both", SyncMode.STRICT, SyncMode.BOTH));
      case RETIRE -> List.of(verify(stage, rebuild.rowsBeforeSwap(), SyncMode.BOTH), swap.step());
      case DROP ->
          List.of(
              verify(stage, rebuild.rowsAfterSwap(), SyncMode.BOTH),
              drop(),
              rebuild.feed().dropSlot());
    };
  }

  /** All of it empty, and told of the rows before any is read. */
  private Step create() {
    TableName building = rebuild.building();
    List<String> sql =
        new ArrayList<>(rebuild.copies().create(building, rebuild.table(), rebuild.shape()));
    sql.addAll(new RebuildIndexes(rebuild).create());
    sql.addAll(rebuild.feed().publish());
    List<Check> checks = new ArrayList<>(List.of(rebuild.work().isTheTable()));
    checks.add(dialect.tables().isFree(building));
    rebuild
        .shape()
        .partitions()
        .forEach(partition -> checks.add(dialect.tables().isFree(partition.name())));
    checks.add(rebuild.nothingCame(Optional.empty()));
    checks.addAll(rebuild.feed().possible());
    String id = "expand.table." + name;
    return brief(
        id,
        "create table of the new shape",
        LockMode.SHARE_UPDATE_EXCLUSIVE,
        sql,
        checks,
        rebuild.before(SyncMode.FILL, false),
        new Undo.Steps(List.of(uncreate(id + ".undo"), rebuild.feed().makeNoSlot())));
  }

  private Step uncreate(String id) {
    List<String> sql = new ArrayList<>(rebuild.feed().unpublish());
    sql.add(dialect.tables().drop(rebuild.building()));
    return new Step.BriefDdl(
        id,
        "drop table of the new shape",
        sql,
        LockMode.ACCESS_EXCLUSIVE,
        Stream.concat(
                Stream.of(rebuild.building()),
                rebuild.shape().partitions().stream().map(Shape.Partition::name))
            .toList(),
        List.of(rebuild.work().isTheTable()),
        Optional.of(rebuild.none()),
        new Undo.Nothing());
  }

  private Step copyRows() {
    return new Step.BackfillRows(
        "backfill.rows." + name,
        "copy rows",
        List.of(rebuild.copyAll()),
        rebuild.rowsToCopy(),
        new Undo.Nothing());
  }

  private Step verify(StageName stage, RowMapping rows, SyncMode mode) {
    return BackfillSteps.verify(
        stage.name().toLowerCase(Locale.ROOT) + ".verify." + name, rows, mode);
  }

  private Step analyze() {
    return new Step.OnlineDdl(
        "backfill.analyze." + name,
        "analyze",
        List.of(dialect.analyze(rebuild.building(), List.of())),
        LockMode.SHARE_UPDATE_EXCLUSIVE,
        List.of(rebuild.building()),
        List.of(),
        // A sample of a table that changes is as good a second time: nothing to be found out.
        new Check("SELECT false", "the table was not analyzed"),
        List.of(),
        new Undo.Nothing());
  }

  private Step mode(String label, SyncMode from, SyncMode to) {
    String id = "backfill." + label + "." + name;
    return turned(id, to, Undo.by(turned(id + ".undo", from, new Undo.Nothing())));
  }

  private Step turned(String id, SyncMode mode, Undo undo) {
    return brief(
        id,
        "sync " + mode.name().toLowerCase(Locale.ROOT),
        LockMode.ACCESS_SHARE,
        List.of(),
        List.of(rebuild.work().isTheTable()),
        rebuild.before(mode, false),
        undo);
  }

  private Step drop() {
    List<String> sql = new ArrayList<>(rebuild.feed().unpublish());
    sql.add(dialect.tables().drop(rebuild.hidden()));
    if (rebuild.needsKeyIndex()) {
      sql.add(dialect.dropIndex(name, RebuildIndexes.byKey(rebuild)));
    }
    return new Step.BriefDdl(
        "drop.table." + name,
        "drop old table and sync",
        sql,
        LockMode.ACCESS_EXCLUSIVE,
        Stream.concat(
                rebuild.needsKeyIndex() ? Stream.of(name) : Stream.of(),
                Stream.of(rebuild.hidden()))
            .toList(),
        // The name alone would not do: this is the one statement that loses data.
        List.of(dialect.tableIs(rebuild.hidden(), rebuild.table().oid())),
        Optional.of(rebuild.none()),
        new Undo.PointOfNoReturn(GONE));
  }

  private Step brief(
      String id,
      String kind,
      LockMode lock,
      List<String> sql,
      List<Check> checks,
      Sync sync,
      Undo undo) {
    return new Step.BriefDdl(id, kind, sql, lock, List.of(name), checks, Optional.of(sync), undo);
  }
}
