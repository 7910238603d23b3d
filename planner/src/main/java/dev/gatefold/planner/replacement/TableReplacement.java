package dev.gatefold.planner.replacement;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.Sync;
import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Index;
import dev.gatefold.planner.schema.SqlTemplate;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.TableProbe;
import dev.gatefold.planner.schema.TableProbe.ObjectKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The first primitive: columns of one table give way to new ones beside them. All columns of a
 * table share one sync and one backfill.
 *
 * <p>The stages are {@link ExpandSteps}, {@link BackfillSteps}, {@link RetireSteps} and {@link
 * DropSteps}; this class answers what they have in common.
 */
public final class TableReplacement {

  private final ChangeName change;
  private final Table table;
  private final TableProbe probe;
  private final List<ColumnReplacement> columns;
  private final Dialect dialect;
  private final Names names;

  public TableReplacement(
      ChangeName change,
      Table table,
      TableProbe probe,
      List<ColumnReplacement> columns,
      Dialect dialect) {
    this.change = change;
    this.table = table;
    this.probe = probe;
    this.columns = List.copyOf(columns);
    this.dialect = dialect;
    this.names = new Names(change, table.name());
  }

  public Table table() {
    return table;
  }

  public List<ColumnReplacement> columns() {
    return columns;
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

  /** The new column's name while both live under their own. */
  public Identifier building(ColumnReplacement column) {
    return column.keepsName() ? names.newColumn(column.old().attnum()) : column.finalName();
  }

  Identifier hidden(ColumnReplacement column) {
    return names.oldColumn(column.old().attnum());
  }

  /** The sync while old and new column live under their own names. */
  SyncSpec syncBeforeSwap() {
    return sync(
        column ->
            new SyncSpec.Side(
                column.old().name(), column.old().type(), Defaults.steady(column.old())),
        this::building,
        false);
  }

  /** The sync once the old columns are hidden; they have no default any more. */
  SyncSpec syncAfterSwap() {
    return sync(
        column -> new SyncSpec.Side(hidden(column), column.old().type(), Optional.empty()),
        ColumnReplacement::finalName,
        true);
  }

  private SyncSpec sync(
      Function<ColumnReplacement, SyncSpec.Side> old,
      Function<ColumnReplacement, Identifier> replacement,
      boolean retired) {
    return new SyncSpec(
        change,
        name(),
        table.oid(),
        names.token(),
        columns.stream()
            .map(
                column ->
                    new SyncSpec.Pair(
                        column.old().attnum(),
                        name() + "." + column.old().name(),
                        old.apply(column),
                        new SyncSpec.Side(
                            replacement.apply(column), column.type(), Optional.empty()),
                        column.up(),
                        column.down(),
                        retired && column.giveUpRollback()
                            ? SyncSpec.DownFailure.STORE_NULL
                            : SyncSpec.DownFailure.REFUSE))
            .toList());
  }

  /** What a step makes of the sync. */
  Optional<Sync> syncIs(Optional<SyncMode> mode) {
    SyncSpec spec = syncBeforeSwap();
    return Optional.of(
        new Sync(
            name(),
            table.oid(),
            mode,
            spec.insertTrigger(),
            spec.updateTrigger(),
            spec.skipSetting()));
  }

  /** The rows as the sync of that time sees them. */
  RowMapping rows(SyncSpec sync) {
    return new RowMapping(
        name(),
        table.oid(),
        table.key(),
        sync.pairs().stream().map(this::mapping).toList(),
        sync.skipSetting());
  }

  private RowMapping.ColumnMapping mapping(SyncSpec.Pair pair) {
    String old = RowMapping.ROW + "." + pair.old().name().quoted();
    String replacement = RowMapping.ROW + "." + pair.replacement().name().quoted();
    String up = pair.up().value().with(attnum -> old);
    String down = pair.down().value().with(attnum -> replacement);
    return new RowMapping.ColumnMapping(
        pair.old().name(),
        pair.replacement().name(),
        up,
        dialect.same(replacement, up, pair.replacement().type()),
        pair.onDownFailure() == SyncSpec.DownFailure.STORE_NULL
            // A hidden NULL stands for a value without a way back: the file gave that up.
            ? "CASE WHEN %s IS NULL THEN true ELSE %s END"
                .formatted(old, dialect.same(old, down, pair.old().type()))
            : dialect.same(old, down, pair.old().type()));
  }

  /** The name still means the table that the plan was made for. */
  Check isTheTable() {
    return dialect.tableIs(name(), table.oid());
  }

  /** No index or constraint of an old column has come or gone, under the names before the swap. */
  List<Check> carriesOnlyPlanned() {
    return columns.stream()
        .map(
            column ->
                dialect.carriesOnly(
                    table.oid(),
                    column.old().attnum(),
                    indexesOver(column).map(carried -> carried.index().name()).toList(),
                    Stream.concat(
                            indexesOver(column)
                                .flatMap(carried -> carried.index().constraint().stream()),
                            constraintsOver(column).map(carried -> carried.constraint().name()))
                        .toList()))
        .toList();
  }

  /**
   * The same at the last drop: the swap has dropped the unique indexes over the hidden columns, and
   * the steps before the foreign keys.
   */
  List<Check> carriesOnlyHidden() {
    return columns.stream()
        .map(
            column ->
                dialect.carriesOnly(
                    table.oid(),
                    column.old().attnum(),
                    indexesOver(column)
                        .filter(carried -> !carried.unique())
                        .map(CarriedIndex::hidden)
                        .toList(),
                    constraintsOver(column)
                        .filter(carried -> !carried.foreignKey())
                        .map(CarriedConstraint::hidden)
                        .toList()))
        .toList();
  }

  private Stream<CarriedIndex> indexesOver(ColumnReplacement column) {
    return indexes().stream()
        .filter(carried -> carried.index().columns().contains(column.old().attnum()));
  }

  private Stream<CarriedConstraint> constraintsOver(ColumnReplacement column) {
    return constraints().stream()
        .filter(carried -> carried.constraint().columns().contains(column.old().attnum()));
  }

  /** Both columns of each pair are the very ones that are meant, under the given names. */
  List<Check> columnsAre(
      Function<ColumnReplacement, Identifier> old,
      Function<ColumnReplacement, Identifier> replacement) {
    return Stream.concat(
            Stream.of(isTheTable()),
            columns.stream()
                .flatMap(
                    column ->
                        Stream.of(
                            dialect.columnIs(table.oid(), column.old().attnum(), old.apply(column)),
                            dialect.columnIsNew(
                                table.oid(), table.lastAttnum(), replacement.apply(column)))))
        .toList();
  }

  /** The indexes to carry, plain ones first: a unique one on both columns is built last. */
  List<CarriedIndex> indexes() {
    return table.indexes().stream()
        .filter(index -> !index.primary() && touches(index.columns()))
        .map(this::carried)
        .sorted(Comparator.comparing(CarriedIndex::unique))
        .toList();
  }

  private CarriedIndex carried(Index index) {
    return new CarriedIndex(
        index,
        index.constraint().flatMap(this::constraint),
        definition(ObjectKind.INDEX, index.name()),
        names.newObject("index", index.name()),
        names.oldObject("index", index.name()));
  }

  private Optional<Constraint> constraint(Identifier name) {
    return table.constraints().stream()
        .filter(constraint -> constraint.name().equals(name))
        .findFirst();
  }

  /** The checks and foreign keys to carry. */
  List<CarriedConstraint> constraints() {
    return table.constraints().stream()
        .filter(
            constraint ->
                constraint.kind() == Constraint.Kind.CHECK
                    || constraint.kind() == Constraint.Kind.FOREIGN_KEY)
        .filter(constraint -> touches(constraint.columns()))
        .map(
            constraint ->
                new CarriedConstraint(
                    constraint,
                    definition(ObjectKind.CONSTRAINT, constraint.name()),
                    names.newObject("constraint", constraint.name()),
                    names.oldObject("constraint", constraint.name())))
        .toList();
  }

  private boolean touches(Set<Integer> attnums) {
    return columns.stream().anyMatch(column -> attnums.contains(column.old().attnum()));
  }

  /** Accepted by the server, else the change was refused before. */
  private SqlTemplate definition(ObjectKind kind, Identifier object) {
    return probe
        .object(kind, object)
        .map(TableProbe.ObjectProbe::definition)
        .flatMap(
            probed ->
                probed.<Optional<SqlTemplate>>match(Optional::of, rejected -> Optional.empty()))
        .orElseThrow(() -> new IllegalStateException("no accepted definition of " + object));
  }

  /** A definition with the names that the columns have while both live. */
  String overBuilding(SqlTemplate definition) {
    return definition.with(attnum -> building(byNumber(attnum)).quoted());
  }

  /** A definition over the hidden old columns. */
  String overHidden(SqlTemplate definition) {
    return definition.with(attnum -> hidden(byNumber(attnum)).quoted());
  }

  private ColumnReplacement byNumber(int attnum) {
    return columns.stream()
        .filter(column -> column.old().attnum() == attnum)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("column number " + attnum + " is not changed"));
  }
}
