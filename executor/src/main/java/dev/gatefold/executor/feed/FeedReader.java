package dev.gatefold.executor.feed;

import dev.gatefold.backfill.feed.Brokers;
import dev.gatefold.backfill.feed.FeedSource;
import dev.gatefold.backfill.feed.Reading;
import dev.gatefold.backfill.feed.apply.ApplyJob;
import dev.gatefold.backfill.feed.apply.FeedRun;
import dev.gatefold.backfill.feed.debezium.DebeziumFeed;
import dev.gatefold.backfill.feed.kafka.Relay;
import dev.gatefold.executor.database.ServerFacts;
import dev.gatefold.executor.store.FeedStore.Made;
import dev.gatefold.executor.store.FeedTable;
import dev.gatefold.planner.plan.SessionSetting;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Begins to read the log: what it tells is applied here, or passed on to those that do. Not
 * thread-safe.
 */
final class FeedReader {

  private final FeedSite site;
  private final boolean skipsTriggers;
  private final Optional<FeedTopic> topics;

  /** {@code skipsTriggers} is whether the triggers of users are not to fire for what follows. */
  FeedReader(FeedSite site, boolean skipsTriggers) {
    this.site = site;
    this.skipsTriggers = skipsTriggers;
    this.topics = site.brokers().map(brokers -> new FeedTopic(brokers, site.timing().ticker()));
  }

  /**
   * Begins.
   *
   * @param confirmed how far its slot is
   */
  Reading begin(Connection control, Made made, long confirmed) throws SQLException, IOException {
    return made.feed().lanes().isPresent()
        ? relay(control, made, made.feed().lanes().getAsInt(), confirmed)
        : applied(control, made, confirmed);
  }

  private Reading applied(Connection control, Made made, long confirmed) throws SQLException {
    return FeedRun.begin(
        site.database()::getConnection,
        job(control, made),
        record(control, made),
        site.timing(),
        consumer ->
            DebeziumFeed.begin(site.database().feedServer(), source(made), confirmed, consumer));
  }

  private Reading relay(Connection control, Made made, int lanes, long confirmed)
      throws SQLException, IOException {
    Brokers brokers = site.brokers().orElseThrow();
    String topic = topics.orElseThrow().ready(control, made);
    RelayLogbook logbook = new RelayLogbook(site.database().getConnection(), made);
    return Relay.begin(
        brokers,
        topic,
        lanes,
        logbook,
        consumer ->
            DebeziumFeed.beginWhole(
                site.database().feedServer(), source(made), confirmed, consumer));
  }

  /** What is made of which rows. */
  ApplyJob job(Connection control, Made made) throws SQLException {
    return new ApplyJob(
        made.feed().rows(),
        made.feed().from(),
        made.everBoth(),
        skips(control) ? List.of(SessionSetting.AS_REPLICA) : List.of(),
        OptionalInt.empty());
  }

  /** Whoever writes it announces itself, unless triggers of users may write something as well. */
  boolean announces(Connection control, Made made) throws SQLException {
    return skips(control) && !ServerFacts.firesAlways(control, made.table());
  }

  FeedTable record(Connection control, Made made) throws SQLException {
    return new FeedTable(made, announces(control, made));
  }

  private boolean skips(Connection control) throws SQLException {
    return skipsTriggers && ServerFacts.maySkipTriggers(control);
  }

  private static FeedSource source(Made made) {
    return new FeedSource(
        made.slot(),
        made.feed().publication().value(),
        made.feed().told(),
        made.feed().rows().key(),
        made.slot());
  }
}
