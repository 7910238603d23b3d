package dev.gatefold.planner.direct;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.dialect.Dialect.Hanging;
import dev.gatefold.planner.dialect.Retirement;
import dev.gatefold.planner.dialect.Retirement.Retired;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.replacement.BackfillSteps;
import dev.gatefold.planner.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The stages that take the old columns away: retire, which can be taken back, and drop. */
final class MovedAway {

  private final MovedColumns moved;
  private final Site site;
  private final Dialect dialect;
  private final TableWork source;
  private final TableWork target;
  private final MoveSync before;
  private final MoveSync after;

  MovedAway(Site site, MovedColumns moved) {
    this.site = site;
    this.moved = moved;
    this.dialect = site.dialect();
    this.source = moved.source();
    this.target = moved.target();
    this.before = moved.before();
    this.after = moved.after();
  }

  List<Step> retire() {
    Retirement retirement = dialect.retirement();
    List<String> sql = new ArrayList<>();
    if (!moved.denied()) {
      sql.addAll(renamed(Column::name, moved::hidden));
    }
    sql.addAll(retirement.tell(source.name(), source.names().token(), retired(), moved.denied()));
    if (moved.denied()) {
      sql.addAll(retirement.deny(source.names().token()));
    }
    sql.addAll(after.onBoth(SyncMode.BOTH));
    List<String> back = new ArrayList<>(reachable());
    if (!moved.denied()) {
      back.addAll(renamed(moved::hidden, Column::name));
    }
    back.addAll(before.onBoth(SyncMode.BOTH));
    String id = "retire.columns." + source.name();
    return List.of(
        BackfillSteps.verify("retire.verify." + source.name(), before.sourceRows(), SyncMode.BOTH),
        BackfillSteps.verify("retire.verify." + target.name(), before.targetRows(), SyncMode.BOTH),
        moved.step(
            id,
            "put columns out of reach",
            LockMode.ACCESS_EXCLUSIVE,
            moved.both(),
            sql,
            Stream.concat(moved.columnsAre(Column::name).stream(), nothingElse().stream()).toList(),
            after.syncs(Optional.of(SyncMode.BOTH)),
            Undo.by(
                moved.step(
                    id + ".undo",
                    "bring columns back",
                    LockMode.ACCESS_EXCLUSIVE,
                    moved.both(),
                    back,
                    moved.columnsAre(moved::hidden),
                    before.syncs(Optional.of(SyncMode.BOTH)),
                    new Undo.Nothing()))));
  }

  private List<String> renamed(MovedColumns.Name from, MovedColumns.Name to) {
    return moved.columns().stream()
        .map(column -> dialect.renameColumn(source.name(), from.of(column), to.of(column)))
        .toList();
  }

  private List<Retired> retired() {
    return moved.columns().stream()
        .map(
            column ->
                new Retired(
                    moved.hidden(column),
                    "was %s; moved to %s by Gatefold for the change %s: drop takes it away; gatefold"
                            .formatted(column.name().quoted(), target.name(), site.change())
                        + " status %s".formatted(site.change())))
        .toList();
  }

  private List<String> reachable() {
    Retirement retirement = dialect.retirement();
    return Stream.concat(
            moved.denied() ? retirement.allow(source.names().token()).stream() : Stream.of(),
            retirement.forget(source.names().token()).stream())
        .toList();
  }

  /** Whatever hangs on a column by now would go with it. */
  private List<Check> nothingElse() {
    Hanging nothing = new Hanging(List.of(), List.of(), List.of(), List.of());
    List<Check> checks = new ArrayList<>(unread());
    moved
        .columns()
        .forEach(
            column ->
                checks.add(dialect.carriesOnly(source.table().oid(), column.attnum(), nothing)));
    if (moved.denied()) {
      checks.add(dialect.retirement().grantedByOwner(source.name()));
    }
    return checks;
  }

  private List<Check> unread() {
    return moved.columns().stream()
        .map(column -> dialect.readBy(source.table().oid(), column.attnum(), List.of()))
        .toList();
  }

  List<Step> drop() {
    List<String> sql = new ArrayList<>(reachable());
    sql.addAll(after.dropOnSource());
    sql.addAll(after.dropOnTarget());
    sql.add(
        dialect.dropColumns(source.name(), moved.columns().stream().map(moved::hidden).toList()));
    before
        .made()
        .ifPresent(made -> sql.add(dialect.dropColumns(target.name(), List.of(made.mark()))));
    return List.of(
        BackfillSteps.verify("drop.verify." + source.name(), after.sourceRows(), SyncMode.BOTH),
        BackfillSteps.verify("drop.verify." + target.name(), after.targetRows(), SyncMode.BOTH),
        moved.step(
            "drop.columns." + source.name(),
            "drop old columns and sync",
            LockMode.ACCESS_EXCLUSIVE,
            moved.both(),
            sql,
            // The names alone would not do: this is the one statement that loses data.
            Stream.concat(moved.columnsAre(moved::hidden).stream(), unread().stream()).toList(),
            after.syncs(Optional.empty()),
            new Undo.PointOfNoReturn("the old columns are gone")));
  }
}
