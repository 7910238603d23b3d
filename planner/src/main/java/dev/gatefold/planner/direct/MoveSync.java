package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.MoveColumns;
import dev.gatefold.planner.dialect.MoveSpec;
import dev.gatefold.planner.dialect.Moves;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.RowMapping.ColumnMapping;
import dev.gatefold.planner.plan.Sync;
import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.UniqueKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The sync of two tables, and their rows as it sees them, under the names of either time. */
final class MoveSync {

  private final TableWork source;
  private final TableWork target;
  private final MoveSpec spec;
  private final Moves moves;

  /**
   * A sync.
   *
   * @param names of the old columns at that time
   * @param retired whether they are out of reach then
   */
  MoveSync(
      ChangeName change,
      TableWork source,
      TableWork target,
      MoveColumns operation,
      List<Column> columns,
      List<Identifier> names,
      boolean retired) {
    this.source = source;
    this.target = target;
    this.moves = source.dialect().moves();
    this.spec =
        MoveSpec.of(
            change,
            operation,
            source.names().token(),
            target.names().token(),
            columns,
            names,
            // Old applications, which know nothing of rows that were made, are gone by then.
            new MadeRows(target.table(), operation)
                .possible(target.names().made(), !retired, key(operation)));
  }

  private ForeignKeyText key(MoveColumns operation) {
    return new MovePairChecks(source.table(), target.table(), operation)
        .usable()
        .flatMap(key -> ForeignKeyText.of(key.definition()))
        .orElseThrow();
  }

  List<String> onSource(SyncMode mode) {
    return moves.createOnSource(spec, mode);
  }

  List<String> onTarget(SyncMode mode) {
    return moves.createOnTarget(spec, mode);
  }

  List<String> onBoth(SyncMode mode) {
    return Stream.concat(onSource(mode).stream(), onTarget(mode).stream()).toList();
  }

  List<String> dropOnSource() {
    return moves.dropOnSource(spec);
  }

  List<String> dropOnTarget() {
    return moves.dropOnTarget(spec);
  }

  Optional<MoveSpec.Made> made() {
    return spec.made();
  }

  String takeAway(int from) {
    return moves.takeAway(spec, from);
  }

  Check noneMade(int from) {
    return moves.noneMade(spec, from);
  }

  /** What a step makes of it on the table that the columns leave: a mode, or nothing. */
  Sync source(Optional<SyncMode> mode) {
    return sync(source, spec.source(), mode, this::onSource);
  }

  /** The same on the table that they move to. */
  Sync target(Optional<SyncMode> mode) {
    return sync(target, spec.target(), mode, this::onTarget);
  }

  List<Sync> syncs(Optional<SyncMode> mode) {
    return List.of(source(mode), target(mode));
  }

  private static Sync sync(
      TableWork work,
      MoveSpec.Side side,
      Optional<SyncMode> mode,
      Function<SyncMode, List<String>> sql) {
    return new Sync(
        work.name(),
        work.table().oid(),
        mode,
        side.insertTrigger(),
        side.updateTrigger(),
        side.skipSetting(),
        mode.map(sql).orElse(List.of()),
        Optional.empty());
  }

  /** A row is filled by being written as it is: the sync carries it over, as it does any write. */
  RowMapping sourceRows() {
    return rows(
        source,
        MovePairChecks.key(source.table(), spec.key().stream().map(MoveSpec.Pair::source)),
        spec.source(),
        MoveSpec.Moved::source,
        moved -> moves.sourceIsRight(spec, moved, RowMapping.ROW));
  }

  /** Rows of the other table, to be compared alone. */
  RowMapping targetRows() {
    return rows(
        target,
        MovePairChecks.key(target.table(), spec.key().stream().map(MoveSpec.Pair::target)),
        spec.target(),
        MoveSpec.Moved::target,
        moved -> moves.targetIsRight(spec, moved, RowMapping.ROW));
  }

  private RowMapping rows(
      TableWork work,
      Optional<UniqueKey> key,
      MoveSpec.Side side,
      Function<MoveSpec.Moved, Identifier> name,
      Function<MoveSpec.Moved, String> right) {
    return new RowMapping(
        work.name(),
        work.table().oid(),
        key.orElseThrow().columns(),
        key.orElseThrow().words(),
        spec.columns().stream()
            .map(
                moved ->
                    new ColumnMapping(
                        name.apply(moved),
                        name.apply(moved),
                        RowMapping.ROW + "." + name.apply(moved).quoted(),
                        right.apply(moved),
                        right.apply(moved)))
            .toList(),
        side.skipSetting(),
        List.of());
  }
}
