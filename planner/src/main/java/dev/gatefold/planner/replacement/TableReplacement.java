package dev.gatefold.planner.replacement;

import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.Retire;
import dev.gatefold.planner.change.TypeTrade;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.dialect.Feeds;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.TableProbe;
import dev.gatefold.planner.schema.UniqueKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The first primitive: columns of one table give way to new ones beside them. All columns of a
 * table share one sync and one backfill.
 *
 * <p>The stages are {@link ExpandSteps}, {@link BackfillSteps}, {@link RetireSteps} and {@link
 * DropSteps}; this class answers what they have in common.
 */
public final class TableReplacement {

  private final Table table;
  private final List<ColumnReplacement> columns;
  private final List<ColumnGroup> regroupings;
  private final List<Fill> fills;
  private final Kin kin;
  private final TableProbe probe;
  private final Dialect dialect;
  private final Names names;
  private final Retire retire;
  private final List<TypeTrade> trades;
  private final OutOfReach outOfReach;
  private final TableSync sync;
  private final CarriedObjects carried;
  private final Followers followers;

  public TableReplacement(
      Change change,
      Table table,
      TableProbe probe,
      List<ColumnReplacement> columns,
      List<ColumnGroup> regroupings,
      List<Fill> fills,
      Kin kin,
      Dialect dialect,
      Optional<Feeds> feeds) {
    this.table = table;
    this.columns = List.copyOf(columns);
    this.regroupings = List.copyOf(regroupings);
    this.fills = List.copyOf(fills);
    this.kin = kin;
    this.probe = probe;
    this.dialect = dialect;
    this.names = new Names(change.name(), table.name());
    this.retire = change.retire();
    this.trades = change.trades();
    this.outOfReach = new OutOfReach(change.name(), this);
    this.sync = new TableSync(change, this, feeds);
    this.carried = new CarriedObjects(probe, this);
    this.followers = new Followers(probe, this);
  }

  /** How the two shapes are kept in step. */
  TableSync sync() {
    return sync;
  }

  /** Whether a change feed keeps the shapes in step, and one of them lags behind. */
  public boolean fed() {
    return sync.feed().isPresent();
  }

  /** How the old columns are put out of reach. */
  OutOfReach outOfReach() {
    return outOfReach;
  }

  /** Whether they are denied to all but the owner, rather than given another name. */
  public boolean denies() {
    return retire == Retire.REVOKE;
  }

  /** What hangs on the old columns and comes along. */
  CarriedObjects carried() {
    return carried;
  }

  /** What comes along, by the names that users gave it. */
  public List<Identifier> carriedNames() {
    return Stream.of(
            carried.indexes().stream().map(index -> index.index().name()),
            carried.constraints().stream().map(constraint -> constraint.constraint().name()),
            carried.references().stream().map(reference -> reference.key().name()),
            carried.statistics().stream().map(statistics -> statistics.statistics().name().name()),
            carried.publications().stream().map(published -> published.publication().name()))
        .flatMap(names -> names)
        .toList();
  }

  /** What reads the old columns and comes to read the new ones. */
  Followers followers() {
    return followers;
  }

  /** Other tables of the change that it has foreign keys with. */
  Kin kin() {
    return kin;
  }

  public Table table() {
    return table;
  }

  TableProbe probe() {
    return probe;
  }

  /** The columns that give way to one each, to which all comes over that hangs on the old ones. */
  public List<ColumnReplacement> columns() {
    return columns;
  }

  /** The larger groups, to whose new columns nothing comes over. */
  List<ColumnGroup> regroupings() {
    return regroupings;
  }

  /** New columns beside them to fill in rows that nobody gave a value. */
  List<Fill> fills() {
    return fills;
  }

  /** All groups, those of one and one first. */
  public List<ColumnGroup> groups() {
    return Stream.concat(columns.stream().map(ColumnGroup::of), regroupings.stream()).toList();
  }

  /** All columns that go. */
  public List<OldColumn> olds() {
    return groups().stream().flatMap(group -> group.olds().stream()).toList();
  }

  /** All columns that come. */
  public List<NewColumn> news() {
    return groups().stream().flatMap(group -> group.news().stream()).toList();
  }

  /**
   * The key along which the rows are visited: one that the change leaves alone, since the rows are
   * to keep their places.
   */
  public Optional<UniqueKey> key() {
    Set<Integer> changed = olds().stream().map(OldColumn::attnum).collect(Collectors.toSet());
    return table.keys().stream().filter(key -> key.spares(changed)).findFirst();
  }

  TableName name() {
    return table.name();
  }

  Names names() {
    return names;
  }

  Dialect dialect() {
    return dialect;
  }

  /** What speaks of old types, speaking of those that take their places. */
  String ofNewTypes(String text) {
    String renewed = text;
    for (TypeTrade trade : trades) {
      renewed = trade.toNew(renewed);
    }
    return renewed;
  }

  /** What was said before types traded names, in the names after that. */
  String afterTrades(String text) {
    String after = text;
    for (TypeTrade trade : trades) {
      after = trade.after(after);
    }
    return after;
  }

  /** What speaks of the new types before they traded names, speaking of the old ones after that. */
  String ofOldTypes(String text) {
    String after = text;
    for (TypeTrade trade : trades) {
      after = trade.toOldAfter(after);
    }
    return after;
  }

  /** Whether the rows lie in partitions. */
  boolean partitioned() {
    return table.kind() == Table.Kind.PARTITIONED;
  }

  /** Whether the old column keeps the name of its NOT NULL until it goes. */
  boolean keepsNotNull(ColumnReplacement column) {
    return partitioned()
        && column.old().identity().isEmpty()
        && new NotNulls(dialect, table).named(column.old().attnum()).isPresent();
  }

  IndexWork indexWork() {
    return partitioned() ? new PartitionedIndexSteps(this) : new IndexSteps(this);
  }

  /**
   * The new column's name while both live under their own. One that lags behind is nobody's to
   * write before the swap: it has its final name from then on.
   */
  public Identifier building(ColumnReplacement column) {
    return column.keepsName() || fed()
        ? names.newColumn(column.old().attnum())
        : column.finalName();
  }

  /** The same of any new column. */
  Identifier building(NewColumn column) {
    return column.keepsName() || fed() ? names.newColumn(column.number()) : column.name();
  }

  /** The new column's name for the instant in which the old one has its final name. */
  Identifier waiting(ColumnReplacement column) {
    return names.newColumn(column.old().attnum());
  }

  /** The old column's name once it is retired. */
  Identifier hidden(Column old) {
    return denies() ? old.name() : names.oldColumn(old.attnum());
  }

  /** The same of the old column of a pair. */
  Identifier hidden(ColumnReplacement column) {
    return hidden(column.old());
  }

  /** A name for the old column that is nobody else's. */
  Identifier aside(ColumnReplacement column) {
    return names.oldColumn(column.old().attnum());
  }

  /** The name still means the table that the plan was made for. */
  Check isTheTable() {
    return dialect.tableIs(name(), table.oid());
  }

  /** A step on this table alone, which asks for nothing but that it is the one that is meant. */
  Step brief(String id, String kind, LockMode lock, List<String> sql, Undo undo) {
    return new Step.BriefDdl(
        id, kind, sql, lock, List.of(name()), List.of(isTheTable()), Optional.empty(), undo);
  }

  /** The columns of each group are the very ones that are meant, before the swap. */
  List<Check> columnsAreBuilding() {
    return Stream.concat(columnsAre(OldColumn::name, this::building).stream(), filledAreNew())
        .toList();
  }

  /** The columns to fill are the ones that the change has added. */
  Stream<Check> filledAreNew() {
    return fills.stream()
        .map(fill -> dialect.columnIsNew(table.oid(), table.lastAttnum(), fill.column()));
  }

  /** The same after it. */
  List<Check> columnsAreFinal() {
    return columnsAre(old -> hidden(old.column()), NewColumn::name);
  }

  private List<Check> columnsAre(
      Function<OldColumn, Identifier> old, Function<NewColumn, Identifier> replacement) {
    List<Check> checks = new ArrayList<>(List.of(isTheTable()));
    for (ColumnGroup group : groups()) {
      group
          .olds()
          .forEach(
              column ->
                  checks.add(dialect.columnIs(table.oid(), column.attnum(), old.apply(column))));
      group
          .news()
          .forEach(
              column ->
                  checks.add(
                      dialect.columnIsNew(
                          table.oid(), table.lastAttnum(), replacement.apply(column))));
    }
    return checks;
  }
}
