package dev.gatefold.planner.replacement;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.dialect.SyncSpec.DownFailure;
import dev.gatefold.planner.dialect.SyncSpec.Mapped;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sync of a table, and its rows as the sync sees them, under the names of either time. */
public final class TableSync {

  /** In words, where no key serves. */
  public static final String BY_BLOCK =
      "its blocks, for it has no unique key without NULLs that the change leaves alone";

  private static final String BY_BLOCK_ALL_THE_SAME =
      "its blocks, which are read in their order: the sync fills what moves meanwhile";

  private final ChangeName change;
  private final TableReplacement replacement;

  TableSync(ChangeName change, TableReplacement replacement) {
    this.change = change;
    this.replacement = replacement;
  }

  /** While old and new columns live under their own names. */
  SyncSpec beforeSwap() {
    return sync(
        old -> new SyncSpec.Side(old.name(), old.column().type(), Defaults.steady(old.column())),
        replacement::building,
        group -> DownFailure.REFUSE,
        fills());
  }

  private SyncSpec.Fills fills() {
    return new SyncSpec.Fills(
        replacement.fills().stream().map(Fill::filled).toList(),
        replacement.fills().stream().anyMatch(Fill::lasting));
  }

  /** Once the old columns are hidden; they have no default any more. */
  SyncSpec afterSwap() {
    return sync(
            old ->
                new SyncSpec.Side(
                    replacement.hidden(old.column()), old.column().type(), Optional.empty()),
            NewColumn::name,
            group -> group.giveUpRollback() ? DownFailure.STORE_NULL : DownFailure.REFUSE,
            SyncSpec.Fills.NONE)
        .saying(replacement::afterTrades);
  }

  private SyncSpec sync(
      Function<OldColumn, SyncSpec.Side> old,
      Function<NewColumn, Identifier> building,
      Function<ColumnGroup, DownFailure> onDownFailure,
      SyncSpec.Fills fills) {
    return new SyncSpec(
        change,
        replacement.name(),
        replacement.table().oid(),
        replacement.partitioned(),
        replacement.names().token(),
        key(),
        replacement.groups().stream()
            .map(
                group ->
                    new SyncSpec.Group(
                        replacement.name() + "." + group.oldNames(),
                        group.olds().stream()
                            .map(it -> new Mapped(it.attnum(), old.apply(it), it.down()))
                            .toList(),
                        group.news().stream().map(it -> mapped(it, building.apply(it))).toList(),
                        onDownFailure.apply(group)))
            .toList(),
        new OldLimits(replacement).limits(),
        fills);
  }

  private static Mapped mapped(NewColumn column, Identifier name) {
    return new Mapped(
        column.number(), new SyncSpec.Side(name, column.type(), Optional.empty()), column.up());
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

  /** The rows while old and new columns live under their own names. */
  RowMapping rowsBeforeSwap() {
    return rows(beforeSwap(), List.of());
  }

  /** The same with the columns that are filled beside them. */
  RowMapping rowsWithFills() {
    return rows(beforeSwap(), replacement.fills());
  }

  /**
   * The rows as a backfill visits them. From block to block is the cheapest way, and loses none:
   * whatever is written once the sync is there is filled by it, wherever it goes. A verification
   * cannot rely on the sync that it verifies, and goes along the key.
   */
  public static RowMapping toFill(RowMapping rows) {
    return rows.key().isEmpty() ? rows : rows.fromBlockToBlock(BY_BLOCK_ALL_THE_SAME);
  }

  /** The rows once the old columns are hidden. */
  RowMapping rowsAfterSwap() {
    return rows(afterSwap(), List.of());
  }

  private RowMapping rows(SyncSpec sync, List<Fill> fills) {
    Table table = replacement.table();
    return new RowMapping(
        table.name(),
        table.oid(),
        replacement.key().map(UniqueKey::columns).orElse(List.of()),
        replacement.key().map(UniqueKey::words).orElse(BY_BLOCK),
        Stream.concat(
                sync.groups().stream().filter(TableSync::isPair).map(this::pair),
                fills.stream().map(Fill::rowsAmongOthers))
            .toList(),
        sync.skipSetting(),
        sync.groups().stream().filter(group -> !isPair(group)).map(this::group).toList());
  }

  private static boolean isPair(SyncSpec.Group group) {
    return group.olds().size() == 1 && group.news().size() == 1;
  }

  private RowMapping.ColumnMapping pair(SyncSpec.Group pair) {
    RowMapping.GroupMapping group = group(pair);
    RowMapping.Filled filled = group.news().get(0);
    return new RowMapping.ColumnMapping(
        group.olds().get(0),
        filled.column(),
        filled.up(),
        group.newIsUp(),
        group.oldIsDown(),
        Optional.of(group.downs().get(0).up()));
  }

  private RowMapping.GroupMapping group(SyncSpec.Group group) {
    String oldIsDown = images(group.olds(), group.news());
    return new RowMapping.GroupMapping(
        group.olds().stream().map(old -> old.side().name()).toList(),
        filled(group.news(), group.olds()),
        images(group.news(), group.olds()),
        group.onDownFailure() == DownFailure.STORE_NULL
            // A hidden NULL stands for a value without a way back: the file gave that up.
            ? "CASE WHEN %s THEN true ELSE %s END".formatted(allNull(group.olds()), oldIsDown)
            : oldIsDown,
        filled(group.olds(), group.news()));
  }

  private static List<RowMapping.Filled> filled(List<Mapped> columns, List<Mapped> others) {
    return columns.stream()
        .map(column -> new RowMapping.Filled(column.side().name(), value(column, others)))
        .toList();
  }

  private static String allNull(List<Mapped> columns) {
    return columns.stream()
        .map(column -> inRow(column) + " IS NULL")
        .collect(Collectors.joining(" AND "));
  }

  /** Whether the columns are what those on the other side make of them. */
  private String images(List<Mapped> columns, List<Mapped> others) {
    List<String> conditions =
        columns.stream()
            .map(
                column ->
                    replacement
                        .dialect()
                        .same(inRow(column), value(column, others), column.side().type()))
            .toList();
    return conditions.size() == 1
        ? conditions.get(0)
        : conditions.stream()
            .map(condition -> "(" + condition + ")")
            .collect(Collectors.joining(" AND "));
  }

  private static String value(Mapped column, List<Mapped> others) {
    return column
        .value()
        .value()
        .with(
            number ->
                others.stream()
                    .filter(other -> other.number() == number)
                    .findFirst()
                    .map(TableSync::inRow)
                    .orElseThrow(() -> new IllegalStateException("no column number " + number)));
  }

  private static String inRow(Mapped column) {
    return RowMapping.ROW + "." + column.side().name().quoted();
  }
}
