package dev.gatefold.executor.feed;

import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.executor.database.Database;
import dev.gatefold.executor.store.FeedStore;
import dev.gatefold.executor.store.FeedStore.Made;
import dev.gatefold.executor.store.RolloutStore;
import dev.gatefold.planner.change.BackfillSettings.UserTriggers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the feeds that nobody reads, beside whatever else a worker does. Begun and closed by one
 * thread.
 */
public final class FeedDuty implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  private final Database database;
  private final Timing timing;
  private final FeedStore store = new FeedStore();
  private final SlotGuard guard = new SlotGuard();
  private final Map<Place, FeedKeeper> keepers = new HashMap<>();
  private final Thread thread = new Thread(this::attend, "gatefold-feed-duty");

  public FeedDuty(Database database, Timing timing) {
    this.database = database;
    this.timing = timing;
    thread.setDaemon(true);
  }

  private record Place(long rollout, long table) {}

  /** Begins, if it has not yet. */
  public void begin() {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
  }

  private void attend() {
    try {
      while (true) {
        try (Connection connection = database.getConnection()) {
          while (true) {
            look(connection);
            timing.sleeper().sleep(BETWEEN_LOOKS);
          }
        } catch (SQLException | RuntimeException e) {
          // Whatever it is, the next look may find it mended.
          System.getLogger(FeedDuty.class.getName())
              .log(System.Logger.Level.DEBUG, "looking for change feeds", e);
          timing.sleeper().sleep(BETWEEN_LOOKS);
        }
      }
    } catch (InterruptedException e) {
      keepers.values().forEach(FeedKeeper::close);
    }
  }

  /** Takes what nobody reads; goes on with what it had, until somebody took it over. */
  private void look(Connection connection) throws SQLException {
    keepers.values().removeIf(FeedKeeper::isOver);
    for (Made made : store.givenUp(connection)) {
      // Whoever gave it up may have been killed before the slot was gone.
      guard.drop(connection, made);
    }
    for (Made made : store.unread(connection)) {
      Place place = new Place(made.rollout(), made.table());
      if (!keepers.containsKey(place)) {
        keepers.put(place, keeper(made, skipsTriggers(connection, made)));
      }
    }
  }

  private static boolean skipsTriggers(Connection connection, Made made) throws SQLException {
    return new RolloutStore()
        .list(connection).stream()
            .filter(rollout -> rollout.id() == made.rollout())
            .anyMatch(rollout -> rollout.plan().backfill().userTriggers() == UserTriggers.SKIP);
  }

  private FeedKeeper keeper(Made made, boolean skipsTriggers) {
    return FeedKeeper.once(
        database,
        (on, reader) -> store.takeUnread(on, made.rollout(), made.table(), reader),
        skipsTriggers,
        timing);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
