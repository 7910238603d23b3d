package dev.gatefold.executor.feed;

import dev.gatefold.backfill.feed.apply.FeedRun;
import dev.gatefold.backfill.feed.kafka.TopicFeed;
import dev.gatefold.executor.store.FeedStore.Made;
import dev.gatefold.executor.store.LaneStore;
import dev.gatefold.executor.store.LaneStore.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What is left of a feed in its topic. All lanes are read beside those who apply them, from where
 * they are applied; those are kept out, and what they have applied meanwhile is told once more.
 */
final class TopicRest implements FeedRest {

  /** How long it may take to read what is there, before anything is locked. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final FeedRun run;

  private TopicRest(FeedRun run) {
    this.run = run;
  }

  static TopicRest begin(FeedSite site, Connection connection, Made made, FeedReader reader)
      throws SQLException {
    String table = made.feed().rows().table().toString();
    LaneStore store = new LaneStore();
    Optional<Topic> topic = store.topic(connection, made);
    if (topic.isEmpty() || site.brokers().isEmpty()) {
      throw new FeedLateException(
          table
              + (topic.isEmpty()
                  ? ": nobody has read its change feed yet"
                  : ": its change feed goes through Kafka, of which this process does not know: name"
                      + " the target"));
    }
    Map<Integer, Long> offsets = store.offsets(connection, made);
    AtomicBoolean caughtUp = new AtomicBoolean();
    FeedRun run =
        FeedRun.toDrain(
            site.database()::getConnection,
            reader.job(connection, made),
            reader.record(connection, made),
            site.timing(),
            consumer -> {
              TopicFeed feed =
                  TopicFeed.begin(
                      site.brokers().get(), FeedTopic.source(made, topic.get()), offsets, consumer);
              caughtUp.set(feed.awaitEnd(PATIENCE));
              return feed;
            });
    if (!caughtUp.get()) {
      run.close();
      throw new FeedLateException(
          "%s: the topic of its change feed is not read within %d s"
              .formatted(table, PATIENCE.toSeconds()));
    }
    return new TopicRest(run);
  }

  @Override
  public Optional<FeedRun> run(Duration within) {
    return Optional.of(run);
  }

  @Override
  public void close() throws SQLException {
    run.close();
  }
}
