package dev.gatefold.executor.feed;

import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.verify.Settling;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.FeedStore;
import dev.gatefold.executor.store.FeedStore.Made;
import dev.gatefold.planner.change.BackfillSettings.UserTriggers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The feeds of one rollout, read by this process while it works on it, whoever read them before.
 * Not thread-safe.
 */
public final class FeedAttendance implements AutoCloseable {

  /** How long it may take until a word in the log has been applied, before anything is locked. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final FeedSite site;
  private final boolean skipsTriggers;
  private final Timing timing;
  private final FeedStore store = new FeedStore();
  private final Map<Long, FeedKeeper> keepers = new LinkedHashMap<>();

  private FeedAttendance(FeedSite site, boolean skipsTriggers) {
    this.site = site;
    this.skipsTriggers = skipsTriggers;
    this.timing = site.timing();
  }

  /** Takes over what there is to read; what goes through Kafka only if nobody reads it. */
  public static FeedAttendance of(FeedSite site, Connection connection, Rollout rollout)
      throws SQLException {
    boolean skips = rollout.plan().backfill().userTriggers() == UserTriggers.SKIP;
    FeedAttendance attendance = new FeedAttendance(site, skips);
    for (Made made : attendance.store.list(connection, rollout.id())) {
      if (site.reaches(made)) {
        attendance.keepers.put(
            made.table(), FeedKeeper.insisting(site, attendance.claim(made), skips));
      }
    }
    return attendance;
  }

  private FeedKeeper.Claim claim(Made made) {
    return made.feed().lanes().isPresent()
        ? (on, reader) -> store.takeUnread(on, made.rollout(), made.table(), reader)
        : (on, reader) -> store.takeOver(on, made.rollout(), made.table(), reader);
  }

  /** Of a rollout whose feeds are left to whoever reads them. */
  public static FeedAttendance none(FeedSite site) {
    return new FeedAttendance(site, false);
  }

  /**
   * Waits until whatever was committed before in a table has been applied; answers at once where it
   * has no feed.
   *
   * @return why it has not been; empty where it has
   */
  public Optional<String> settled(Connection connection, long rollout, long table)
      throws SQLException, InterruptedException {
    Optional<Made> made = store.find(connection, rollout, table);
    if (made.isEmpty()) {
      return Optional.empty();
    }
    FeedWait wait = new FeedWait(connection, made.get(), timing);
    long began = timing.ticker().nanos();
    while (timing.ticker().nanos() - began < PATIENCE.toNanos()) {
      Settling.Standing standing = wait.look();
      if (standing instanceof Settling.Settled) {
        return Optional.empty();
      }
      if (standing instanceof Settling.Stuck stuck) {
        return Optional.of(stuck.reason());
      }
    }
    return Optional.of(
        "the change feed of %s is more than %d s behind"
            .formatted(made.get().feed().rows().table(), PATIENCE.toSeconds()));
  }

  /** Begins to wait until whatever was committed before in a table has been applied. */
  public Settling.Wait settling(Connection connection, long rollout, long table)
      throws SQLException {
    Optional<Made> made = store.find(connection, rollout, table);
    return made.isPresent() ? new FeedWait(connection, made.get(), timing) : Settling.Settled::new;
  }

  /**
   * Gets ready to apply the rest of what applications write, before anything is locked.
   *
   * @throws FeedLateException where too much is left for others to wait for it
   */
  public FeedTurn turn(Connection connection, Made made) throws SQLException, InterruptedException {
    Optional<String> late = settled(connection, made.rollout(), made.table());
    if (late.isPresent()) {
      throw new FeedLateException(late.get());
    }
    Connection voice = site.database().getConnection();
    try {
      return FeedTurn.of(rest(connection, made), made, voice, timing);
    } catch (SQLException | RuntimeException e) {
      voice.close();
      throw e;
    }
  }

  private FeedRest rest(Connection connection, Made made)
      throws SQLException, InterruptedException {
    if (made.feed().lanes().isPresent()) {
      return TopicRest.begin(site, connection, made, new FeedReader(site, skipsTriggers));
    }
    FeedKeeper keeper = keepers.get(made.table());
    if (keeper == null) {
      throw new FeedLateException(made.feed().rows().table() + ": nobody reads its change feed");
    }
    return new KeeperRest(keeper);
  }

  @Override
  public void close() {
    keepers.values().forEach(FeedKeeper::close);
    keepers.clear();
  }
}
