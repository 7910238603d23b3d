package dev.gatefold.executor.feed;

import dev.gatefold.backfill.feed.Brokers;
import dev.gatefold.backfill.feed.FeedEnd;
import dev.gatefold.backfill.feed.Reading;
import dev.gatefold.backfill.feed.apply.LaneAppliers;
import dev.gatefold.backfill.feed.kafka.TopicGroup;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.executor.store.FeedStore;
import dev.gatefold.executor.store.FeedStore.Made;
import dev.gatefold.executor.store.LaneStore;
import dev.gatefold.executor.store.LaneStore.Topic;
import dev.gatefold.executor.store.LaneTable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Applies those lanes of one feed that the brokers give to this process, in a thread of its own,
 * and begins anew whenever that breaks. Thread-safe.
 */
final class LaneKeeper implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration BETWEEN_LOOKS_AT_TOPIC = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final int MOST_DOUBLINGS = 5;

  private final FeedSite site;
  private final Brokers brokers;
  private final FeedReader reader;
  private final FeedTopic topics;
  private final Timing timing;
  private final FeedStore feeds = new FeedStore();
  private final LaneStore lanes = new LaneStore();
  private final long rollout;
  private final long table;
  private final Thread thread;
  private int failures;

  private LaneKeeper(FeedSite site, Made made, boolean skipsTriggers) {
    this.site = site;
    this.brokers = site.brokers().orElseThrow();
    this.reader = new FeedReader(site, skipsTriggers);
    this.timing = site.timing();
    this.topics = new FeedTopic(brokers, timing.ticker());
    this.rollout = made.rollout();
    this.table = made.table();
    this.thread = new Thread(this::keep, "gatefold-lane-keeper");
    thread.setDaemon(true);
  }

  /** Begins, until it is closed or the feed is gone. */
  static LaneKeeper begin(FeedSite site, Made made, boolean skipsTriggers) {
    LaneKeeper keeper = new LaneKeeper(site, made, skipsTriggers);
    keeper.thread.start();
    return keeper;
  }

  /** Whether it has ended by itself. */
  boolean isOver() {
    return !thread.isAlive();
  }

  private void keep() {
    try {
      boolean there = true;
      while (there) {
        try (Connection control = site.database().getConnection()) {
          there = attend(control);
        } catch (SQLException | RuntimeException e) {
          // Whatever it is, the next attempt may find it mended.
          failures++;
          System.getLogger(LaneKeeper.class.getName())
              .log(System.Logger.Level.DEBUG, "applying a change feed", e);
        }
        timing.sleeper().sleep(pause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration pause() {
    return FIRST_PAUSE.multipliedBy(1L << Math.min(Math.max(0, failures - 1), MOST_DOUBLINGS));
  }

  /** Applies the feed as it is; answers whether it is there. */
  private boolean attend(Connection control) throws SQLException, InterruptedException {
    Optional<Made> made = feeds.find(control, rollout, table);
    if (made.isEmpty()) {
      return false;
    }
    Optional<Topic> topic = lanes.topic(control, made.get());
    if (topic.isEmpty()) {
      // Whoever reads the log makes it.
      return true;
    }
    Optional<String> trouble;
    try {
      topics.look(control, made.get(), topic.get());
      trouble = apply(control, made.get(), topic.get());
    } catch (SQLException | IOException | RuntimeException e) {
      trouble = Optional.of(String.valueOf(e.getMessage()));
    }
    failures = trouble.isPresent() ? failures + 1 : 0;
    lanes.trouble(control, made.get(), trouble);
    return true;
  }

  /** Answers why it had to end; empty where the feed is not to be applied any more. */
  private Optional<String> apply(Connection control, Made made, Topic topic)
      throws SQLException, IOException, InterruptedException {
    LaneAppliers crew =
        LaneAppliers.begin(
            site.database()::getConnection,
            reader.job(control, made).settings(),
            this::job,
            timing);
    try (Reading group = TopicGroup.join(brokers, FeedTopic.source(made, topic), crew)) {
      long began = timing.ticker().nanos();
      long looked = began;
      while (lanes.topic(control, made).equals(Optional.of(topic))) {
        Optional<FeedEnd> end = group.endWithin(BETWEEN_LOOKS);
        if (end.isPresent()) {
          return why(control, made, topic, end.get());
        }
        if (timing.ticker().nanos() - looked > BETWEEN_LOOKS_AT_TOPIC.toNanos()) {
          // A consumer does not mind that there is nothing to consume.
          topics.look(control, made, topic);
          looked = timing.ticker().nanos();
        }
        if (failures > 0 && timing.ticker().nanos() - began > 10 * BETWEEN_LOOKS.toNanos()) {
          failures = 0;
          lanes.trouble(control, made, Optional.empty());
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> why(Connection control, Made made, Topic topic, FeedEnd end)
      throws SQLException {
    if (end instanceof FeedEnd.Lost lost) {
      topics.lost(control, made, topic, lost.reason());
      return Optional.empty();
    }
    return end instanceof FeedEnd.Broken broken ? Optional.of(broken.reason()) : Optional.empty();
  }

  /** As the feed is by now: it may have been turned round. */
  private LaneAppliers.Job job(int lane) throws SQLException {
    try (Connection control = site.database().getConnection()) {
      Made made =
          feeds
              .find(control, rollout, table)
              .orElseThrow(() -> new SQLException("the feed is gone"));
      return new LaneAppliers.Job(
          reader.job(control, made), new LaneTable(made, lane, reader.announces(control, made)));
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
