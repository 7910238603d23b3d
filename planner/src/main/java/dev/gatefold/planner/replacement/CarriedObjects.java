package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.dialect.Dialect.Hanging;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.ExtendedStatistics;
import dev.gatefold.planner.schema.IncomingForeignKey;
import dev.gatefold.planner.schema.Index;
import dev.gatefold.planner.schema.Publication;
import dev.gatefold.planner.schema.SqlTemplate;
import dev.gatefold.planner.schema.TableProbe;
import dev.gatefold.planner.schema.TableProbe.ObjectKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Indexes and constraints that hang on the old columns of a table and come along to the new ones.
 */
final class CarriedObjects {

  private final TableProbe probe;
  private final TableReplacement replacement;

  CarriedObjects(TableProbe probe, TableReplacement replacement) {
    this.probe = probe;
    this.replacement = replacement;
  }

  /** The indexes to carry, plain ones first: a unique one on both columns is built last. */
  List<CarriedIndex> indexes() {
    return replacement.table().indexes().stream()
        .filter(index -> touches(index.columns()))
        .map(this::carried)
        .sorted(Comparator.comparing(CarriedIndex::unique).thenComparing(CarriedIndex::primary))
        .toList();
  }

  private CarriedIndex carried(Index index) {
    return new CarriedIndex(
        index,
        index.constraint().flatMap(this::constraint),
        definition(ObjectKind.INDEX, index.name()),
        replacement.partitioned()
            ? index.constraint().map(name -> definition(ObjectKind.CONSTRAINT, name))
            : Optional.empty(),
        replacement.names().newObject("index", index.name()),
        replacement.names().oldObject("index", index.name()));
  }

  private Optional<Constraint> constraint(Identifier name) {
    return replacement.table().constraints().stream()
        .filter(constraint -> constraint.name().equals(name))
        .findFirst();
  }

  /** The checks and foreign keys to carry. */
  List<CarriedConstraint> constraints() {
    return replacement.table().constraints().stream()
        .filter(
            constraint ->
                constraint.kind() == Constraint.Kind.CHECK
                    || constraint.kind() == Constraint.Kind.FOREIGN_KEY)
        .filter(constraint -> touches(constraint.columns()))
        .filter(constraint -> !replacement.kin().keys().contains(constraint.name()))
        .filter(
            constraint -> ownReferences().noneMatch(key -> key.name().equals(constraint.name())))
        .map(
            constraint ->
                new CarriedConstraint(
                    constraint,
                    definition(ObjectKind.CONSTRAINT, constraint.name()),
                    replacement.names().newObject("constraint", constraint.name()),
                    replacement.names().oldObject("constraint", constraint.name())))
        .toList();
  }

  /** The foreign keys that point to old columns. */
  List<CarriedReference> references() {
    return referring()
        .map(
            key ->
                new CarriedReference(
                    key,
                    definition(ObjectKind.INCOMING_FOREIGN_KEY, key.probe()),
                    replacement
                        .names()
                        .newObject("reference of " + key.child().quoted(), key.name()),
                    replacement
                        .names()
                        .oldObject("reference of " + key.child().quoted(), key.name())))
        .toList();
  }

  private Stream<IncomingForeignKey> referring() {
    return replacement.table().incoming().stream().filter(key -> touches(key.columns()));
  }

  /** Those of the table itself that lie on old columns too: they are carried as references. */
  private Stream<IncomingForeignKey> ownReferences() {
    return referring().filter(key -> touches(key.ownColumns()));
  }

  /** The extended statistics to carry. */
  List<CarriedStatistics> statistics() {
    return replacement.table().statistics().stream()
        .filter(statistics -> touches(statistics.columns()))
        .map(this::carried)
        .toList();
  }

  private CarriedStatistics carried(ExtendedStatistics statistics) {
    Identifier name = statistics.name().name();
    Identifier schema = statistics.name().schema();
    return new CarriedStatistics(
        statistics,
        definition(ObjectKind.STATISTICS, statistics.probe()),
        new TableName(schema, replacement.names().newObject("statistics", name)),
        new TableName(schema, replacement.names().oldObject("statistics", name)));
  }

  /** The publications that name an old column. */
  List<CarriedPublication> publications() {
    return replacement.table().publications().stream()
        .filter(publication -> touches(publication.columns()))
        .map(
            publication ->
                new CarriedPublication(
                    publication,
                    publication.filtered()
                        ? Optional.of(definition(ObjectKind.ROW_FILTER, publication.name()))
                        : Optional.empty()))
        .toList();
  }

  private boolean touches(Set<Integer> attnums) {
    return replacement.columns().stream()
        .anyMatch(column -> attnums.contains(column.old().attnum()));
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
    return definition.with(attnum -> replacement.building(byNumber(attnum)).quoted());
  }

  /** A foreign key over the new columns; who refers has swapped its own where it was to. */
  String referringToBuilding(CarriedReference carried, boolean swapped) {
    return replacement
        .kin()
        .referring(
            carried.key(),
            overBuilding(carried.definition()),
            (child, column) -> swapped ? column.finalName() : child.building(column));
  }

  /** The same over the hidden old columns, once both have swapped. */
  String referringToHidden(CarriedReference carried) {
    return replacement
        .kin()
        .referring(carried.key(), overHidden(carried.definition()), TableReplacement::hidden);
  }

  /** A definition over the new columns under their final names. */
  String overFinal(SqlTemplate definition) {
    return replacement.afterTrades(
        definition.with(attnum -> byNumber(attnum).finalName().quoted()));
  }

  /** A definition over the old columns under the names that they had. */
  String overOld(SqlTemplate definition) {
    return definition.with(attnum -> byNumber(attnum).old().name().quoted());
  }

  /** A definition over the hidden old columns. */
  String overHidden(SqlTemplate definition) {
    return replacement.ofOldTypes(
        definition.with(attnum -> replacement.hidden(byNumber(attnum)).quoted()));
  }

  private ColumnReplacement byNumber(int attnum) {
    return replacement.columns().stream()
        .filter(column -> column.old().attnum() == attnum)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("column number " + attnum + " is not changed"));
  }

  /** Nothing that hangs on an old column has come or gone, under the names before the swap. */
  List<Check> onlyPlanned() {
    return replacement.olds().stream()
        .flatMap(
            column ->
                checks(
                    column,
                    column.name(),
                    new Hanging(
                        indexesOver(column).map(carried -> carried.index().name()).toList(),
                        constraintNames(column),
                        statisticsOver(column).map(carried -> carried.statistics().name()).toList(),
                        publications().stream()
                            .map(CarriedPublication::publication)
                            .filter(named -> named.columns().contains(column.attnum()))
                            .map(Publication::name)
                            .toList())))
        .toList();
  }

  /**
   * The same at the last drop: the swap has dropped the unique indexes over the hidden columns, and
   * the steps before the foreign keys.
   */
  List<Check> onlyHidden() {
    return replacement.olds().stream()
        .flatMap(
            column ->
                checks(
                    column,
                    replacement.hidden(column.column()),
                    new Hanging(
                        indexesOver(column)
                            .filter(carried -> !carried.unique())
                            .map(CarriedIndex::hidden)
                            .toList(),
                        constraintsOver(column)
                            .filter(carried -> !carried.foreignKey() && !replacement.fed())
                            .map(CarriedConstraint::hidden)
                            .toList(),
                        statisticsOver(column).map(CarriedStatistics::hidden).toList(),
                        List.of())))
        .toList();
  }

  private List<Identifier> constraintNames(OldColumn column) {
    return Stream.of(
            indexesOver(column).flatMap(carried -> carried.index().constraint().stream()),
            constraintsOver(column).map(carried -> carried.constraint().name()),
            replacement.table().constraints().stream()
                .filter(constraint -> constraint.columns().contains(column.attnum()))
                .map(Constraint::name)
                .filter(replacement.kin().keys()::contains),
            ownReferences()
                .filter(key -> key.ownColumns().contains(column.attnum()))
                .map(IncomingForeignKey::name))
        .flatMap(names -> names)
        .toList();
  }

  private Stream<Check> checks(OldColumn column, Identifier name, Hanging hanging) {
    Dialect dialect = replacement.dialect();
    Check onTable = dialect.carriesOnly(replacement.table().oid(), column.attnum(), hanging);
    return replacement.partitioned()
        ? Stream.of(
            onTable, dialect.partitions().nothingOfTheirOwn(replacement.table().oid(), name))
        : Stream.of(onTable);
  }

  private Stream<CarriedIndex> indexesOver(OldColumn column) {
    return indexes().stream()
        .filter(carried -> carried.index().columns().contains(column.attnum()));
  }

  private Stream<CarriedStatistics> statisticsOver(OldColumn column) {
    return statistics().stream()
        .filter(carried -> carried.statistics().columns().contains(column.attnum()));
  }

  private Stream<CarriedConstraint> constraintsOver(OldColumn column) {
    return constraints().stream()
        .filter(carried -> carried.constraint().columns().contains(column.attnum()));
  }
}
