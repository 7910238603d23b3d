package dev.gatefold.planner.replacement;

import dev.gatefold.planner.change.SyncChoice;
import dev.gatefold.planner.dialect.Feeds;
import dev.gatefold.planner.name.Identifier;
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
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The change feed of a table: its slot, its publication, and what is told of the rows. */
final class TableFeed {

  private final Feeds feeds;
  private final TableReplacement replacement;
  private final OptionalLong giveUpAt;

  TableFeed(Feeds feeds, TableReplacement replacement, SyncChoice sync) {
    this.feeds = feeds;
    this.replacement = replacement;
    this.giveUpAt =
        sync instanceof SyncChoice.ChangeFeed feed ? feed.giveUpAt() : OptionalLong.empty();
  }

  private Identifier name() {
    return new Identifier("gatefold_" + replacement.names().token());
  }

  /** Before the slot: what is written to the log earlier is never told. */
  List<String> publish() {
    return List.of(feeds.publish(name(), replacement.name(), told()));
  }

  List<String> unpublish() {
    return List.of(feeds.unpublish(name()));
  }

  /**
   * The key, and the columns by which the server identifies rows, without which it would refuse
   * their updates; none where those are all.
   */
  private List<Identifier> told() {
    Table table = replacement.table();
    if (table.traits().contains(Table.Trait.IDENTIFIED_WHOLE)) {
      return List.of();
    }
    Set<Integer> numbers =
        Stream.concat(
                replacement.key().map(UniqueKey::columns).orElse(List.of()).stream()
                    .map(KeyColumn::attnum),
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
  List<Check> possible() {
    List<Check> checks = new ArrayList<>(feeds.allowed());
    checks.add(feeds.slotIsGone(name()));
    checks.add(feeds.rowsAreIdentified(replacement.name(), replacement.table().oid()));
    return checks;
  }

  /** Before any row is read. */
  Step makeSlot() {
    String id = "expand.slot." + replacement.name();
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
  Step makeNoSlot() {
    return noSlot("expand.slot." + replacement.name() + ".undo", new Undo.Nothing());
  }

  Step dropSlot() {
    return noSlot(
        "drop.slot." + replacement.name(), new Undo.PointOfNoReturn("the old column is gone"));
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

  Feed fromOld(RowMapping rows, boolean drains) {
    return feed(rows, Written.OLD, drains);
  }

  Feed fromNew(RowMapping rows, boolean drains) {
    return feed(rows, Written.NEW, drains);
  }

  private Feed feed(RowMapping rows, Written from, boolean drains) {
    List<String> publish = new ArrayList<>(unpublish());
    publish.addAll(publish());
    return new Feed(
        name(),
        name(),
        rows,
        from,
        publish,
        List.of(feeds.dropSlot(name()), feeds.createSlot(name())),
        drains,
        giveUpAt);
  }
}
