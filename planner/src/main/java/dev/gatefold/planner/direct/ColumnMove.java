package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.MoveColumns;
import dev.gatefold.planner.change.MoveColumns.Pair;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.dialect.MoveSpec;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Plan.Leaving;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.replacement.BackfillSteps;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Columns that move from one table to another, in all stages. */
final class ColumnMove {

  private static final ColumnType MARK =
      new ColumnType("smallint", "smallint", -1, ColumnType.Kind.BASE, Optional.empty(), true);

  private final Dialect dialect;
  private final TableWork source;
  private final TableWork target;
  private final MovedColumns moved;
  private final MovedAway away;
  private final MoveSync before;

  ColumnMove(Site site, MoveColumns operation, Table source, Table target, List<Column> columns) {
    this.dialect = site.dialect();
    this.moved = new MovedColumns(site, operation, source, target, columns);
    this.away = new MovedAway(site, moved);
    this.source = moved.source();
    this.target = moved.target();
    this.before = moved.before();
  }

  Planned planned() {
    Staging staging =
        new Staging()
            .reads(source.name(), names(moved.columns().stream().map(Column::name), Pair::source))
            .reads(target.name(), names(moved.made().stream(), Pair::target))
            .in(StageName.EXPAND, addColumns(), follow())
            .in(StageName.BACKFILL, backfill())
            .in(StageName.RETIRE, away.retire())
            .in(StageName.DROP, away.drop());
    names(moved.columns().stream().map(Column::name), Pair::source)
        .forEach(name -> staging.claim(source.claim(name)));
    names(moved.made().stream(), Pair::target).forEach(name -> staging.claim(target.claim(name)));
    moved
        .columns()
        .forEach(
            column ->
                staging.leaving(
                    new Leaving(
                        source.name(),
                        source.table().oid(),
                        Optional.of(column.name()),
                        moved.hidden(column))));
    return staging
        .deploy(
            "once backfilled: deploy the version that uses %s of %s in the place of %s of %s"
                .formatted(words(moved.news()), target.name(), words(moved.olds()), source.name()))
        .deploy(
            (before.made().isPresent()
                    ? "until drop: a row of %s with values in %s and no row of %s gets one when the"
                        + " transaction ends that writes it"
                    : "until drop: a row of %s with values in %s must have its row of %s when the"
                        + " transaction ends that writes it")
                .formatted(source.name(), words(moved.olds()), target.name()))
        .deploy(
            "before retire: every version that uses %s of %s must be gone"
                .formatted(words(moved.olds()), source.name()))
        .planned();
  }

  private List<Identifier> names(Stream<Identifier> names, Function<Pair, Identifier> side) {
    return Stream.concat(names, moved.operation().where().stream().map(side)).toList();
  }

  private static String words(List<Identifier> names) {
    return names.stream().map(Identifier::toString).collect(Collectors.joining(", "));
  }

  /** With the triggers, so that no row is written to the columns without them. */
  private Step addColumns() {
    List<String> sql = new ArrayList<>();
    List<Dialect.NewColumn> added =
        new ArrayList<>(each((column, name) -> new Dialect.NewColumn(name, column.type())));
    before.made().ifPresent(made -> added.add(new Dialect.NewColumn(made.mark(), MARK)));
    sql.add(dialect.addColumns(target.name(), added));
    each((column, name) -> dialect.carryColumn(target.name(), column, name, true))
        .forEach(sql::addAll);
    sql.add(dialect.retirement().lend(target.name(), moved.made()));
    sql.addAll(before.onTarget(SyncMode.FILL));
    List<String> back = new ArrayList<>(before.dropOnTarget());
    back.add(dialect.dropColumns(target.name(), moved.made()));
    String id = "expand.columns." + target.name();
    return moved.step(
        id,
        "add columns and sync",
        LockMode.ACCESS_EXCLUSIVE,
        List.of(target.name()),
        sql,
        moved.oldColumnsAre(Column::name),
        List.of(before.target(Optional.of(SyncMode.FILL))),
        undo(
            "expand.rows.%s.undo".formatted(target.name()),
            MoveSpec.Made.BY_WRITE,
            moved.step(
                id + ".undo",
                "drop new columns and sync",
                LockMode.ACCESS_EXCLUSIVE,
                List.of(target.name()),
                back,
                moved.newColumnsAre(),
                List.of(before.target(Optional.empty())),
                new Undo.Nothing())));
  }

  /** Rows that were made go first, beside traffic. */
  private Undo undo(String id, int from, Step... more) {
    Stream<Step> rows =
        before.made().stream()
            .map(
                made ->
                    new Step.OnlineDdl(
                        id,
                        "take away rows that were made",
                        List.of(before.takeAway(from)),
                        LockMode.ROW_EXCLUSIVE,
                        List.of(target.name()),
                        List.of(target.isTheTable()),
                        before.noneMade(from),
                        List.of(),
                        new Undo.Nothing()));
    List<Step> steps = Stream.concat(rows, Stream.of(more)).toList();
    return steps.isEmpty() ? new Undo.Nothing() : new Undo.Steps(steps);
  }

  private interface PerColumn<T> {
    T of(Column column, Identifier name);
  }

  private <T> List<T> each(PerColumn<T> part) {
    return IntStream.range(0, moved.columns().size())
        .mapToObj(i -> part.of(moved.columns().get(i), moved.news().get(i)))
        .toList();
  }

  private Step follow() {
    String id = "expand.sync." + source.name();
    return moved.step(
        id,
        "sync fill",
        LockMode.SHARE_ROW_EXCLUSIVE,
        List.of(source.name()),
        before.onSource(SyncMode.FILL),
        moved.oldColumnsAre(Column::name),
        List.of(before.source(Optional.of(SyncMode.FILL))),
        Undo.by(
            moved.step(
                id + ".undo",
                "drop sync",
                LockMode.ACCESS_EXCLUSIVE,
                List.of(source.name()),
                before.dropOnSource(),
                List.of(),
                List.of(before.source(Optional.empty())),
                new Undo.Nothing())));
  }

  private List<Step> backfill() {
    return List.of(
        new Step.BackfillRows(
            "backfill.rows." + source.name(),
            "backfill rows",
            List.of(BackfillSteps.batch(before.sourceRows())),
            before.sourceRows(),
            undo("backfill.rows.%s.undo".formatted(source.name()), MoveSpec.Made.BY_BACKFILL)),
        switchMode("strict", SyncMode.FILL, SyncMode.STRICT),
        BackfillSteps.verify(
            "backfill.verify." + source.name(), before.sourceRows(), SyncMode.STRICT),
        BackfillSteps.verify(
            "backfill.verify." + target.name(), before.targetRows(), SyncMode.STRICT),
        switchMode("both", SyncMode.STRICT, SyncMode.BOTH));
  }

  /** No writer of either table is under way, so that both are open at the same instant. */
  private Step switchMode(String name, SyncMode from, SyncMode to) {
    String id = "backfill.%s.%s".formatted(name, source.name());
    return mode(id, to, Undo.by(mode(id + ".undo", from, new Undo.Nothing())));
  }

  private Step mode(String id, SyncMode mode, Undo undo) {
    return moved.step(
        id,
        "sync " + mode.name().toLowerCase(Locale.ROOT),
        LockMode.SHARE_ROW_EXCLUSIVE,
        // As old applications come by: until both ways are open nobody else writes both.
        List.of(source.name(), target.name()),
        before.onBoth(mode),
        moved.columnsAre(Column::name),
        before.syncs(Optional.of(mode)),
        undo);
  }
}
