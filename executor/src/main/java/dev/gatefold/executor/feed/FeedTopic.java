package dev.gatefold.executor.feed;

import dev.gatefold.backfill.feed.Brokers;
import dev.gatefold.backfill.feed.kafka.TopicSource;
import dev.gatefold.backfill.feed.kafka.Topics;
import dev.gatefold.backfill.pace.Ticker;
import dev.gatefold.executor.store.FeedStore.Made;
import dev.gatefold.executor.store.LaneStore;
import dev.gatefold.executor.store.LaneStore.Topic;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The topic that a feed goes through, as this process finds it. Not thread-safe. */
final class FeedTopic {

  /** A broker that was just asked for the first time may not know yet what another one does. */
  private static final Duration GONE_FOR_GOOD = Duration.ofSeconds(20);

  private final Brokers brokers;
  private final Ticker ticker;
  private final LaneStore store = new LaneStore();
  private OptionalLong missedSince = OptionalLong.empty();

  FeedTopic(Brokers brokers, Ticker ticker) {
    this.brokers = brokers;
    this.ticker = ticker;
  }

  /**
   * Makes it, if nobody has; answers its name.
   *
   * @throws IOException where it cannot be made, or was and is not there
   */
  String ready(Connection connection, Made made) throws SQLException, IOException {
    // Written down before it is made: nobody takes it for one that no feed knows.
    Topic topic = store.named(connection, made);
    try (Topics topics = Topics.at(brokers)) {
      if (topic.id().isEmpty()) {
        String id = topics.make(topic.name(), made.feed().lanes().orElseThrow());
        store.made(connection, made, topic.name(), id);
      } else {
        look(topics, connection, made, topic);
      }
    }
    return topic.name();
  }

  /**
   * Looks whether it is the one that was made. One that has been missed for long, or has given way
   * to another one, is lost: the feed is given up.
   *
   * @throws IOException where it is not there
   */
  void look(Connection connection, Made made, Topic topic) throws SQLException, IOException {
    try (Topics topics = Topics.at(brokers)) {
      look(topics, connection, made, topic);
    }
  }

  private void look(Topics topics, Connection connection, Made made, Topic topic)
      throws SQLException, IOException {
    if (!topics.isHere(topic.id().orElseThrow())) {
      throw new IOException(
          "Kafka at %s is not the one in which the topic %s was made"
              .formatted(brokers, topic.name()));
    }
    Optional<String> found = topics.id(topic.name());
    if (found.equals(topic.id())) {
      missedSince = OptionalLong.empty();
      return;
    }
    long now = ticker.nanos();
    missedSince = OptionalLong.of(missedSince.orElse(now));
    String gone = "the topic %s is gone".formatted(topic.name());
    if (found.isPresent() || now - missedSince.getAsLong() > GONE_FOR_GOOD.toNanos()) {
      lost(connection, made, topic, gone);
    }
    throw new IOException(gone);
  }

  /** Gives the feed up: what was to be applied is there no more. */
  void lost(Connection connection, Made made, Topic topic, String reason) throws SQLException {
    new SlotGuard().givesUpFor(connection, made, topic, reason);
  }

  static TopicSource source(Made made, Topic topic) {
    return new TopicSource(
        topic.name(), made.feed().lanes().orElseThrow(), made.feed().rows().key());
  }
}
