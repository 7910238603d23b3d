package dev.gatefold.executor.feed;

import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.verify.Settling;
import dev.gatefold.executor.store.FeedLook;
import dev.gatefold.executor.store.FeedStore;
import dev.gatefold.executor.store.FeedStore.Made;
import dev.gatefold.executor.store.FeedStore.Mark;
import dev.gatefold.executor.store.LaneStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Waits until a feed has come by a place in the log, and until rows have their values that only
 * wait for others of the same moment. Not thread-safe.
 */
final class FeedWait implements Settling.Wait {

  /** Longer than a keeper takes to find its feed stuck and to begin anew. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Duration ONE_LOOK = Duration.ofSeconds(1);
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(5);

  private final FeedStore store = new FeedStore();
  private final LaneStore lanes = new LaneStore();
  private final Connection connection;
  private final Made made;
  private final Timing timing;
  private final String place;
  private Mark mark = Mark.NONE;
  private Optional<String> heardAt = Optional.empty();
  private long moved;

  /** Waits for what is committed by now. */
  FeedWait(Connection connection, Made made, Timing timing) throws SQLException {
    this.connection = connection;
    this.made = made;
    this.timing = timing;
    this.place = store.sayTime(connection, made.slot());
    this.moved = timing.ticker().nanos();
  }

  @Override
  public Settling.Standing look() throws SQLException, InterruptedException {
    long began = timing.ticker().nanos();
    while (timing.ticker().nanos() - began < ONE_LOOK.toNanos()) {
      if (isSettled()) {
        return new Settling.Settled();
      }
      timing.sleeper().sleep(BETWEEN_QUESTIONS);
    }
    Optional<String> reason = stuck();
    return reason.isPresent() ? new Settling.Stuck(reason.get()) : new Settling.Waiting();
  }

  /** Heard, and rows that had to be left without a value then have been tried again. */
  private boolean isSettled() throws SQLException {
    if (heardAt.isEmpty() && store.hasHeard(connection, made.rollout(), made.table(), place)) {
      heardAt = Optional.of(store.time(connection));
    }
    return heardAt.isPresent()
        && !store.mayPass(connection, made.rollout(), made.table(), heardAt.get());
  }

  private Optional<String> stuck() throws SQLException {
    Optional<FeedLook> broken = FeedLook.broken(connection, made.rollout(), made.table());
    if (broken.isPresent()) {
      return Optional.of("the change feed of %s: %s".formatted(table(), broken.get().words()));
    }
    Mark now =
        made.feed().lanes().isPresent()
            ? new Mark(lanes.progress(connection, made, place), "")
            : store.mark(connection, made, place);
    if (!now.equals(mark)) {
      mark = now;
      moved = timing.ticker().nanos();
    }
    return timing.ticker().nanos() - moved > PATIENCE.toNanos()
        ? Optional.of(words() + who())
        : Optional.empty();
  }

  private String table() {
    return made.feed().rows().table().toString();
  }

  private String who() throws SQLException {
    return FeedLook.at(connection, made.rollout()).stream()
        .filter(look -> look.table() == made.table())
        .map(look -> ": " + look.words())
        .findFirst()
        .orElse("");
  }

  private String words() {
    return "nothing of the change feed of %s has moved for %d s"
        .formatted(table(), PATIENCE.toSeconds());
  }
}
