package dev.gatefold.planner.replacement;

import dev.gatefold.planner.change.SyncChoice;
import dev.gatefold.planner.dialect.Feeds;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.Feed;
import dev.gatefold.planner.plan.Feed.Written;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Index;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.UniqueKey;
import dev.gatefold.planner.schema.UniqueKey.KeyColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The change feed of a table: its slot, its publication, and what is told of the rows. */
public final class TableFeed {

  private final Feeds feeds;
  private final Names names;
  private final Table table;
  private final List<Identifier> told;
  private final boolean goneToo;
  private final OptionalLong giveUpAt;
  private final OptionalInt lanes;

  private TableFeed(
      Feeds feeds,
      Names names,
      Table table,
      List<Identifier> told,
      boolean goneToo,
      SyncChoice sync) {
    this.feeds = feeds;
    this.names = names;
    this.table = table;
    this.told = List.copyOf(told);
    this.goneToo = goneToo;
    this.giveUpAt =
        sync instanceof SyncChoice.ChangeFeed feed ? feed.giveUpAt() : OptionalLong.empty();
    this.lanes = lanes(sync);
  }

  /** How many may apply what it tells; empty where whoever reads it does. */
  public static OptionalInt lanes(SyncChoice sync) {
    return sync instanceof SyncChoice.ChangeFeed feed ? feed.lanes() : OptionalInt.empty();
  }

  /** By which columns are made anew in their rows: of a row that is gone there is nothing to do. */
  static TableFeed ofColumns(Feeds feeds, TableReplacement replacement, SyncChoice sync) {
    return new TableFeed(
        feeds,
        replacement.names(),
        replacement.table(),
        told(replacement.table(), replacement.key()),
        false,
        sync);
  }

  /**
   * By which rows are made anew in another table.
   *
   * @param told of each row; in either table enough to know it by
   */
  public static TableFeed ofCopies(
      Feeds feeds, Names names, Table table, List<Identifier> told, SyncChoice sync) {
    return new TableFeed(feeds, names, table, told, true, sync);
  }

  private Identifier name() {
    return new Identifier("gatefold_" + names.token());
  }

  /** Before the slot: what is written to the log earlier is never told. */
  public List<String> publish() {
    return List.of(publish(table.name()));
  }

  private String publish(TableName written) {
    return feeds.publish(name(), written, told, goneToo);
  }

  public List<String> unpublish() {
    return List.of(feeds.unpublish(name()));
  }

  /**
   * The key, and the columns by which the server identifies rows, without which it would refuse
   * their updates; none where those are all.
   */
  private static List<Identifier> told(Table table, Optional<UniqueKey> key) {
    if (table.traits().contains(Table.Trait.IDENTIFIED_WHOLE)) {
      return List.of();
    }
    Set<Integer> numbers =
        Stream.concat(
                key.map(UniqueKey::columns).orElse(List.of()).stream().map(KeyColumn::attnum),
                table.indexes().stream()
                    .filter(index -> index.replicaIdentity() || index.primary())
                    .map(Index::columns)
                    .flatMap(Set::stream))
            .collect(Collectors.toSet());
    return table.columns().stream()
        .filter(column -> numbers.contains(column.attnum()))
        .map(Column::name)
        .toList();
  }

  /** What must be true before anything is made. */
  public List<Check> possible() {
    List<Check> checks = new ArrayList<>(feeds.allowed());
    checks.add(feeds.slotIsGone(name()));
    checks.add(feeds.rowsAreIdentified(table.name(), table.oid()));
    return checks;
  }

  /** Before any row is read. */
  public Step makeSlot() {
    String id = "expand.slot." + table.name();
    return new Step.OnlineDdl(
        id,
        "make replication slot",
        List.of(feeds.createSlot(name())),
        LockMode.ACCESS_SHARE,
        List.of(),
        List.of(),
        feeds.slotIsThere(name()),
        List.of(feeds.dropSlot(name())),
        new Undo.Nothing());
  }

  /**
   * The undo of both: once the publication is gone and nobody reads the feed, or a reader that
   * finds no slot might make one.
   */
  public Step makeNoSlot() {
    return noSlot("expand.slot." + table.name() + ".undo", new Undo.Nothing());
  }

  public Step dropSlot() {
    return noSlot("drop.slot." + table.name(), new Undo.PointOfNoReturn("the old shape is gone"));
  }

  private Step noSlot(String id, Undo undo) {
    return new Step.OnlineDdl(
        id,
        "drop replication slot",
        List.of(feeds.dropSlot(name())),
        LockMode.ACCESS_SHARE,
        List.of(),
        List.of(),
        feeds.slotIsGone(name()),
        List.of(),
        undo);
  }

  /** While applications write the old shape. */
  public Feed fromOld(RowMapping rows, boolean drains) {
    return feed(rows, Written.OLD, drains);
  }

  /** While they write the new one. */
  public Feed fromNew(RowMapping rows, boolean drains) {
    return feed(rows, Written.NEW, drains);
  }

  private Feed feed(RowMapping rows, Written from, boolean drains) {
    List<String> publish = new ArrayList<>(unpublish());
    publish.add(publish(Feed.told(rows, from)));
    return new Feed(
        name(),
        name(),
        rows,
        from,
        publish,
        List.of(feeds.dropSlot(name()), feeds.createSlot(name())),
        drains,
        giveUpAt,
        lanes);
  }
}
