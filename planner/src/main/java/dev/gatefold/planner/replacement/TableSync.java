package dev.gatefold.planner.replacement;

import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.dialect.Feeds;
import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.dialect.SyncSpec.DownFailure;
import dev.gatefold.planner.dialect.SyncSpec.Mapped;
import dev.gatefold.planner.name.Identifier;
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
  private final Optional<TableFeed> feed;

  /** {@code feeds} where a change feed does the work of the triggers. */
  TableSync(Change change, TableReplacement replacement, Optional<Feeds> feeds) {
    this.change = change.name();
    this.replacement = replacement;
    this.feed = feeds.map(it -> TableFeed.ofColumns(it, replacement, change.sync()));
  }

  /** What does the work of the triggers, where something does. */
  Optional<TableFeed> feed() {
    return feed;
  }

  /** Statements that begin it, together with the new columns. */
  List<String> begin() {
    return feed.map(TableFeed::publish).orElseGet(() -> triggers(beforeSwap(), SyncMode.FILL));
  }

  Sync begun() {
    return made(Time.BEFORE, SyncMode.FILL, true);
  }

  /** Statements that give it another mode before the swap. */
  List<String> turn(SyncMode mode) {
    return feed.isPresent() ? List.of() : replacement.dialect().createSync(beforeSwap(), mode);
  }

  Sync turned(SyncMode mode) {
    return made(Time.BEFORE, mode, false);
  }

  /** Statements that make it for the names after the swap. */
  List<String> swap() {
    return feed.isPresent() ? List.of() : triggers(afterSwap(), SyncMode.BOTH);
  }

  Sync swapped() {
    return made(Time.AFTER, SyncMode.BOTH, true);
  }

  /** The same for those after the swap back. */
  List<String> swapBack() {
    return feed.isPresent() ? List.of() : triggers(beforeSwap(), SyncMode.BOTH);
  }

  Sync swappedBack() {
    return made(Time.BEFORE, SyncMode.BOTH, true);
  }

  /** Statements that take it away together with the new columns. */
  List<String> giveUp() {
    return feed.map(TableFeed::unpublish).orElseGet(() -> noTriggers(beforeSwap()));
  }

  Sync givenUp() {
    return gone(beforeSwap());
  }

  /** Statements that take it away together with the old columns. */
  List<String> end() {
    return feed.map(TableFeed::unpublish).orElseGet(() -> noTriggers(afterSwap()));
  }

  Sync ended() {
    return gone(afterSwap());
  }

  private List<String> triggers(SyncSpec spec, SyncMode mode) {
    return Stream.concat(
            replacement.dialect().createSync(spec, mode).stream(),
            replacement.dialect().createRecorder(spec).stream())
        .toList();
  }

  private List<String> noTriggers(SyncSpec spec) {
    return Stream.concat(
            replacement.dialect().dropSync(spec).stream(),
            replacement.dialect().dropRecorder(spec).stream())
        .toList();
  }

  private enum Time {
    BEFORE,
    AFTER
  }

  /** {@code anew} where the step begins it, or turns it to the names of another time. */
  private Sync made(Time time, SyncMode mode, boolean anew) {
    SyncSpec spec = time == Time.BEFORE ? beforeSwap() : afterSwap();
    return new Sync(
        replacement.name(),
        replacement.table().oid(),
        Optional.of(mode),
        spec.insertTrigger(),
        spec.updateTrigger(),
        spec.skipSetting(),
        feed.isPresent() ? List.of() : replacement.dialect().createSync(spec, mode),
        anew && feed.isEmpty() ? Optional.of(spec.recorder()) : Optional.empty(),
        feed.map(
            it ->
                time == Time.BEFORE
                    ? it.fromOld(rowsBeforeSwap(), anew && mode == SyncMode.BOTH)
                    : it.fromNew(rowsAfterSwap(), anew)));
  }

  private Sync gone(SyncSpec spec) {
    return new Sync(
        replacement.name(),
        replacement.table().oid(),
        Optional.empty(),
        spec.insertTrigger(),
        spec.updateTrigger(),
        spec.skipSetting(),
        List.of(),
        Optional.empty());
  }

  /** While old and new columns live under their own names. */
  private SyncSpec beforeSwap() {
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
  private SyncSpec afterSwap() {
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
