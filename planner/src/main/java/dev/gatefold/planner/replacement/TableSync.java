package dev.gatefold.planner.replacement;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.dialect.SyncSpec.DownFailure;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.Recorder;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.Sync;
import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.UniqueKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The sync of a table, and its rows as the sync sees them, under the names of either time. */
public final class TableSync {

  /** In words, where no key serves. */
  public static final String BY_BLOCK =
      "its blocks, for it has no unique key without NULLs that the change leaves alone";

  private final ChangeName change;
  private final TableReplacement replacement;

  TableSync(ChangeName change, TableReplacement replacement) {
    this.change = change;
    this.replacement = replacement;
  }

  /** While old and new column live under their own names. */
  SyncSpec beforeSwap() {
    return sync(
        column ->
            new SyncSpec.Side(
                column.old().name(), column.old().type(), Defaults.steady(column.old())),
        replacement::building,
        column -> DownFailure.REFUSE);
  }

  /** Once the old columns are hidden; they have no default any more. */
  SyncSpec afterSwap() {
    return sync(
        column ->
            new SyncSpec.Side(replacement.hidden(column), column.old().type(), Optional.empty()),
        ColumnReplacement::finalName,
        column -> column.giveUpRollback() ? DownFailure.STORE_NULL : DownFailure.REFUSE);
  }

  private SyncSpec sync(
      Function<ColumnReplacement, SyncSpec.Side> old,
      Function<ColumnReplacement, Identifier> building,
      Function<ColumnReplacement, DownFailure> onDownFailure) {
    return new SyncSpec(
        change,
        replacement.name(),
        replacement.table().oid(),
        replacement.partitioned(),
        replacement.names().token(),
        key(),
        replacement.columns().stream()
            .map(
                column ->
                    new SyncSpec.Pair(
                        column.old().attnum(),
                        replacement.name() + "." + column.old().name(),
                        old.apply(column),
                        new SyncSpec.Side(building.apply(column), column.type(), Optional.empty()),
                        column.up(),
                        column.down(),
                        onDownFailure.apply(column)))
            .toList(),
        new OldLimits(replacement).limits());
  }

  /** Under names that the change does not touch. */
  private List<SyncSpec.Side> key() {
    return replacement.key().map(UniqueKey::columns).orElse(List.of()).stream()
        .map(column -> replacement.table().column(column.name()).orElseThrow())
        .map(column -> new SyncSpec.Side(column.name(), column.type(), Optional.empty()))
        .toList();
  }

  /** What a step makes of the sync, under the names of its time: a mode, or nothing. */
  Optional<Sync> becomes(SyncSpec spec, Optional<SyncMode> mode) {
    return Optional.of(sync(spec, mode, Optional.empty()));
  }

  /** The same of a step that makes the recorder too, for names that it had not before. */
  Optional<Sync> becomesRecorded(SyncSpec spec, SyncMode mode) {
    return Optional.of(sync(spec, Optional.of(mode), Optional.of(spec.recorder())));
  }

  private Sync sync(SyncSpec spec, Optional<SyncMode> mode, Optional<Recorder> recorder) {
    return new Sync(
        replacement.name(),
        replacement.table().oid(),
        mode,
        spec.insertTrigger(),
        spec.updateTrigger(),
        spec.skipSetting(),
        mode.map(it -> replacement.dialect().createSync(spec, it)).orElse(List.of()),
        recorder);
  }

  /** The rows while old and new column live under their own names. */
  RowMapping rowsBeforeSwap() {
    return rows(beforeSwap());
  }

  /** The rows once the old columns are hidden. */
  RowMapping rowsAfterSwap() {
    return rows(afterSwap());
  }

  private RowMapping rows(SyncSpec sync) {
    Table table = replacement.table();
    return new RowMapping(
        table.name(),
        table.oid(),
        replacement.key().map(UniqueKey::columns).orElse(List.of()),
        replacement.key().map(UniqueKey::words).orElse(BY_BLOCK),
        sync.pairs().stream().map(this::mapping).toList(),
        sync.skipSetting());
  }

  private RowMapping.ColumnMapping mapping(SyncSpec.Pair pair) {
    Dialect dialect = replacement.dialect();
    String old = RowMapping.ROW + "." + pair.old().name().quoted();
    String building = RowMapping.ROW + "." + pair.replacement().name().quoted();
    String up = pair.up().value().with(attnum -> old);
    String down = pair.down().value().with(attnum -> building);
    String oldIsDown = dialect.same(old, down, pair.old().type());
    return new RowMapping.ColumnMapping(
        pair.old().name(),
        pair.replacement().name(),
        up,
        dialect.same(building, up, pair.replacement().type()),
        pair.onDownFailure() == DownFailure.STORE_NULL
            // A hidden NULL stands for a value without a way back: the file gave that up.
            ? "CASE WHEN %s IS NULL THEN true ELSE %s END".formatted(old, oldIsDown)
            : oldIsDown);
  }
}
