package dev.gatefold.executor;

import dev.gatefold.backfill.feed.Brokers;
import dev.gatefold.executor.Rollouts.Diagnosis;
import dev.gatefold.executor.Rollouts.Diagnosis.Level;
import dev.gatefold.executor.feed.FeedOrphan;
import dev.gatefold.executor.feed.TopicBroom;
import dev.gatefold.executor.store.FeedLook;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at the change feeds of rollouts, and at what is left of those that nobody knows. */
final class FeedDoctor {

  private static final String TOPIC = "topic";

  private final Connection connection;
  private final Optional<TopicBroom> broom;

  FeedDoctor(Connection connection, Optional<Brokers> brokers) {
    this.connection = connection;
    this.broom = brokers.map(TopicBroom::new);
  }

  List<Diagnosis> look() throws SQLException {
    List<Diagnosis> found = new ArrayList<>();
    FeedLook.all(connection)
        .forEach((change, feeds) -> feeds.forEach(feed -> found.add(told(feed))));
    for (FeedOrphan orphan : FeedOrphan.list(connection)) {
      found.add(
          new Diagnosis(
              orphan.kind(),
              Level.NOTE,
              orphan.name() + " is a change feed's, and no change of this database knows it",
              "gatefold doctor --clean drops it."));
    }
    found.addAll(topics());
    return found;
  }

  private List<Diagnosis> topics() throws SQLException {
    if (broom.isEmpty()) {
      return List.of();
    }
    try {
      return broom.get().orphans(connection).stream()
          .map(
              name ->
                  new Diagnosis(
                      TOPIC,
                      Level.NOTE,
                      name + " is a change feed's, and no change of this database goes through it",
                      "gatefold work deletes it within a minute; doctor --clean does at once."))
          .toList();
    } catch (IOException e) {
      return List.of(unreachable(e));
    }
  }

  private static Diagnosis unreachable(IOException e) {
    return new Diagnosis(
        "kafka", Level.PROBLEM, String.valueOf(e.getMessage()), "Mend targets.NAME.kafka.");
  }

  private static Diagnosis told(FeedLook feed) {
    Level level = feed.there() && feed.read() ? Level.OK : Level.NOTE;
    return new Diagnosis(
        "change feed of " + feed.name(),
        level,
        feed.words(),
        feed.there()
            ? "Let gatefold work run, which reads it."
            : "Roll the change back: slot and publication are made anew, and the rows compared.");
  }

  /** Drops what nobody knows; answers what it was. */
  List<Diagnosis> clean() throws SQLException {
    List<Diagnosis> dropped = new ArrayList<>();
    for (FeedOrphan orphan : FeedOrphan.list(connection)) {
      orphan.drop(connection);
      dropped.add(new Diagnosis(orphan.kind(), Level.OK, orphan.name() + " is dropped", ""));
    }
    if (broom.isPresent()) {
      try {
        broom
            .get()
            .clean(connection)
            .forEach(name -> dropped.add(new Diagnosis(TOPIC, Level.OK, name + " is deleted", "")));
      } catch (IOException e) {
        dropped.add(unreachable(e));
      }
    }
    return dropped;
  }
}
