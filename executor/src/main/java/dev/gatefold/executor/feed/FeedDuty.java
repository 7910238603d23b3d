package dev.gatefold.executor.feed;

import dev.gatefold.executor.store.FeedStore;
import dev.gatefold.executor.store.FeedStore.Made;
import dev.gatefold.executor.store.LaneStore;
import dev.gatefold.executor.store.RolloutStore;
import dev.gatefold.planner.change.BackfillSettings.UserTriggers;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the feeds that nobody reads, and applies those that come through Kafka, if it is to, beside
 * whatever else a worker does. Begun and closed by one thread.
 */
public final class FeedDuty implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  /** Of looks for topics that no feed goes through any more. */
  private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(30);

  private final FeedSite site;
  private volatile boolean applies;
  private final FeedStore store = new FeedStore();
  private final LaneStore lanes = new LaneStore();
  private final SlotGuard guard = new SlotGuard();
  private final Map<Place, FeedKeeper> keepers = new HashMap<>();
  private final Map<Place, LaneKeeper> appliers = new HashMap<>();
  private final Thread thread = new Thread(this::attend, "gatefold-feed-duty");
  private Thread sweeping = new Thread(() -> {});
  private long swept;

  public FeedDuty(FeedSite site) {
    this.site = site;
    this.swept = site.timing().ticker().nanos();
    thread.setDaemon(true);
  }

  private record Place(long rollout, long table) {

    static Place of(Made made) {
      return new Place(made.rollout(), made.table());
    }
  }

  /**
   * Begins, if it has not yet.
   *
   * @param applyLanes whether it takes lanes of feeds that go through Kafka, from now on
   */
  public void begin(boolean applyLanes) {
    applies = applyLanes;
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
  }

  private void attend() {
    try {
      while (true) {
        try (Connection connection = site.database().getConnection()) {
          while (true) {
            look(connection);
            site.timing().sleeper().sleep(BETWEEN_LOOKS);
          }
        } catch (SQLException | RuntimeException e) {
          // Whatever it is, the next look may find it mended.
          System.getLogger(FeedDuty.class.getName())
              .log(System.Logger.Level.DEBUG, "looking for change feeds", e);
          site.timing().sleeper().sleep(BETWEEN_LOOKS);
        }
      }
    } catch (InterruptedException e) {
      appliers.values().forEach(LaneKeeper::close);
      keepers.values().forEach(FeedKeeper::close);
    }
  }

  /** Takes what nobody reads; goes on with what it had, until somebody took it over. */
  private void look(Connection connection) throws SQLException {
    keepers.values().removeIf(FeedKeeper::isOver);
    appliers.values().removeIf(LaneKeeper::isOver);
    for (Made made : store.givenUp(connection)) {
      // Whoever gave it up may have been killed before the slot was gone.
      guard.drop(connection, made);
    }
    for (Made made : store.unread(connection)) {
      if (site.reaches(made) && !keepers.containsKey(Place.of(made))) {
        keepers.put(Place.of(made), keeper(made, skipsTriggers(connection, made)));
      }
    }
    if (applies && site.brokers().isPresent()) {
      for (Made made : lanes.applicable(connection)) {
        if (!appliers.containsKey(Place.of(made))) {
          appliers.put(
              Place.of(made), LaneKeeper.begin(site, made, skipsTriggers(connection, made)));
        }
      }
    }
    sweep();
  }

  /** In a thread of its own: brokers that do not answer keep nobody from taking a feed over. */
  private void sweep() {
    long now = site.timing().ticker().nanos();
    if (site.brokers().isEmpty() || sweeping.isAlive() || now - swept < BETWEEN_SWEEPS.toNanos()) {
      return;
    }
    swept = now;
    TopicBroom broom = new TopicBroom(site.brokers().get());
    sweeping =
        new Thread(
            () -> {
              try (Connection connection = site.database().getConnection()) {
                broom.sweep(connection);
              } catch (SQLException | IOException | RuntimeException e) {
                System.getLogger(FeedDuty.class.getName())
                    .log(System.Logger.Level.DEBUG, "deleting topics", e);
              }
            },
            "gatefold-topic-broom");
    sweeping.setDaemon(true);
    sweeping.start();
  }

  private static boolean skipsTriggers(Connection connection, Made made) throws SQLException {
    return new RolloutStore()
        .list(connection).stream()
            .filter(rollout -> rollout.id() == made.rollout())
            .anyMatch(rollout -> rollout.plan().backfill().userTriggers() == UserTriggers.SKIP);
  }

  private FeedKeeper keeper(Made made, boolean skipsTriggers) {
    return FeedKeeper.once(
        site,
        (on, reader) -> store.takeUnread(on, made.rollout(), made.table(), reader),
        skipsTriggers);
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
