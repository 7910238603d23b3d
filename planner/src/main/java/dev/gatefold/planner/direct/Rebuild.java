package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.RebuildTable;
import dev.gatefold.planner.dialect.Copies;
import dev.gatefold.planner.draft.Shape;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.Feed;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.RowMapping.GroupMapping;
import dev.gatefold.planner.plan.Sync;
import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.planner.plan.TableCopy;
import dev.gatefold.planner.replacement.TableFeed;
import dev.gatefold.planner.replacement.TableSync;
import dev.gatefold.planner.schema.Index;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.UniqueKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A table and the one that takes its place, with their rows as either time knows them. */
final class Rebuild {

  private final Site site;
  private final TableWork work;
  private final Shape shape;
  private final UniqueKey key;
  private final List<Identifier> primaryKey;
  private final boolean otherKey;
  private final TableFeed feed;

  Rebuild(Site site, RebuildTable operation, Table table, Shape shape) {
    this.site = site;
    this.work = new TableWork(site, table);
    this.shape = shape;
    this.key = key(table).orElseThrow();
    this.primaryKey = primaryKey(operation, table);
    this.otherKey = !operation.shape().primaryKey().isEmpty();
    this.feed =
        TableFeed.ofCopies(
            site.dialect().feeds(site.version()),
            work.names(),
            table,
            primaryKey,
            site.whole().sync());
  }

  /** By which rows are known in either table. */
  static Optional<UniqueKey> key(Table table) {
    return table.keys().stream().filter(UniqueKey::primary).findFirst();
  }

  static List<Identifier> primaryKey(RebuildTable operation, Table table) {
    List<Identifier> wanted = operation.shape().primaryKey();
    return wanted.isEmpty() ? names(key(table).orElseThrow()) : wanted;
  }

  private static List<Identifier> names(UniqueKey key) {
    return key.columns().stream().map(UniqueKey.KeyColumn::name).toList();
  }

  TableWork work() {
    return work;
  }

  Table table() {
    return work.table();
  }

  Shape shape() {
    return shape;
  }

  Copies copies() {
    return site.dialect().tables().copies();
  }

  TableFeed feed() {
    return feed;
  }

  List<Identifier> primaryKey() {
    return primaryKey;
  }

  /** Whether it is to be known by another key. */
  boolean hasOtherKey() {
    return otherKey;
  }

  /** The primary key of now, whose name the new one gets. */
  Index oldPrimaryKey() {
    return table().indexes().stream().filter(Index::primary).findFirst().orElseThrow();
  }

  /** Whether copies are not found by the key of now along the new primary key. */
  boolean needsKeyIndex() {
    List<Identifier> names = names(key);
    return primaryKey.size() < names.size() || !primaryKey.subList(0, names.size()).equals(names);
  }

  /** Of the table that applications write at that time. */
  Check nothingCame(Optional<Identifier> ours) {
    return copies().nothingCame(table().name(), table(), ours);
  }

  /** The new table before the swap. */
  TableName building() {
    return beside(work.names().newRelation());
  }

  /** The old table after it. */
  TableName hidden() {
    return beside(work.names().oldRelation());
  }

  private TableName beside(Identifier name) {
    return new TableName(table().name().schema(), name);
  }

  /** The rows while applications write the old table. */
  RowMapping rowsBeforeSwap() {
    return rows(table().name(), building());
  }

  /** The rows while they write the new one. */
  RowMapping rowsAfterSwap() {
    return rows(hidden(), table().name());
  }

  private RowMapping rows(TableName old, TableName copied) {
    TableCopy copy = copies().rows(copied, table().columns(), key, primaryKey, lanes());
    String right =
        "EXISTS (SELECT FROM %s AS %s WHERE %s AND %s)"
            .formatted(copied.quoted(), TableCopy.OTHER, copy.sameKey(), copy.same());
    return new RowMapping(
        old,
        table().oid(),
        key.columns(),
        key.words(),
        List.of(),
        "gatefold.copies=" + work.names().token(),
        List.of(new GroupMapping(List.of(), List.of(), right, right, List.of())),
        Optional.empty(),
        Optional.empty(),
        Optional.of(copy));
  }

  private int lanes() {
    return TableFeed.lanes(site.whole().sync()).orElse(1);
  }

  Sync before(SyncMode mode, boolean drains) {
    return sync(Optional.of(mode), Optional.of(feed.fromOld(rowsBeforeSwap(), drains)));
  }

  Sync after() {
    return sync(Optional.of(SyncMode.BOTH), Optional.of(feed.fromNew(rowsAfterSwap(), true)));
  }

  Sync none() {
    return sync(Optional.empty(), Optional.empty());
  }

  /** Nothing bears the names of the triggers. */
  private Sync sync(Optional<SyncMode> mode, Optional<Feed> told) {
    String name = "~gatefold_" + work.names().token();
    return new Sync(
        table().name(),
        table().oid(),
        mode,
        new Identifier(name + "_insert"),
        new Identifier(name + "_update"),
        rowsBeforeSwap().skipSetting(),
        List.of(),
        Optional.empty(),
        told);
  }

  /** All rows in one statement. */
  String copyAll() {
    TableCopy copy = rowsBeforeSwap().copy().orElseThrow();
    String columns =
        copy.columns().stream().map(Identifier::quoted).collect(Collectors.joining(", "));
    return "INSERT INTO %1$s (%2$s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM %3$s AS t WHERE NOT EXISTS (SELECT FROM %1$s AS s WHERE %4$s)"
        .formatted(building().quoted(), columns, table().name().quoted(), copy.sameKey());
  }

  /** As a backfill visits them: whatever moves meanwhile is told of. */
  RowMapping rowsToCopy() {
    return TableSync.toFill(rowsBeforeSwap());
  }
}
