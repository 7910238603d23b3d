package dev.gatefold.executor.feed;

import dev.gatefold.backfill.feed.Brokers;
import dev.gatefold.backfill.feed.kafka.Topics;
import dev.gatefold.executor.store.LaneStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Topics of this database's feeds that none of them goes through any more. */
public final class TopicBroom {

  private final Brokers brokers;
  private final LaneStore store = new LaneStore();

  public TopicBroom(Brokers brokers) {
    this.brokers = brokers;
  }

  /** The names of all, whether this database remembers them or not. */
  public List<String> orphans(Connection connection) throws SQLException, IOException {
    try (Topics topics = Topics.at(brokers)) {
      return orphans(connection, topics);
    }
  }

  /** Deletes them; answers their names. */
  public List<String> clean(Connection connection) throws SQLException, IOException {
    try (Topics topics = Topics.at(brokers)) {
      List<String> orphans = orphans(connection, topics);
      for (String orphan : orphans) {
        topics.delete(orphan);
      }
      return orphans;
    }
  }

  /**
   * Deletes those that this database remembers: another one that was copied from it block by block
   * has the same names for what this one knows nothing of.
   */
  void sweep(Connection connection) throws SQLException, IOException {
    List<String> leftOver = store.leftOver(connection);
    if (leftOver.isEmpty()) {
      return;
    }
    try (Topics topics = Topics.at(brokers)) {
      for (String topic : leftOver) {
        topics.delete(topic);
        store.forget(connection, topic);
      }
    }
  }

  private List<String> orphans(Connection connection, Topics topics)
      throws SQLException, IOException {
    List<String> there = new ArrayList<>(topics.named(Pattern.compile(store.pattern(connection))));
    // After that: a feed says which topic it goes through before it makes it.
    there.removeAll(store.topics(connection));
    return there;
  }
}
