package dev.gatefold.executor;

import dev.gatefold.executor.Rollouts.Diagnosis;
import dev.gatefold.executor.Rollouts.Diagnosis.Level;
import dev.gatefold.executor.feed.FeedOrphan;
import dev.gatefold.executor.store.FeedLook;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks at the change feeds of rollouts, and at what is left of those that nobody knows. */
final class FeedDoctor {

  private final Connection connection;

  FeedDoctor(Connection connection) {
    this.connection = connection;
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
    return found;
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
    return dropped;
  }
}
