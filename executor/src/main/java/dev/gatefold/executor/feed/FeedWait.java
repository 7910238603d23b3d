package dev.gatefold.executor.feed;

import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.verify.Settling;
import dev.gatefold.executor.store.FeedStore;
import dev.gatefold.executor.store.FeedStore.Made;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Waits until a feed has come by a place in the log. Not thread-safe. */
final class FeedWait implements Settling.Wait {

  /** Longer than a keeper takes to find its feed stuck and to begin anew. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Duration ONE_LOOK = Duration.ofSeconds(1);
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(5);

  private final FeedStore store = new FeedStore();
  private final Connection connection;
  private final Made made;
  private final Timing timing;
  private final String place;
  private String mark = "";
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
      if (store.hasHeard(connection, made.rollout(), made.table(), place)) {
        return new Settling.Settled();
      }
      timing.sleeper().sleep(BETWEEN_QUESTIONS);
    }
    Optional<SlotLook> slot = SlotLook.at(connection, made.slot());
    if (slot.isEmpty() || slot.get().lost()) {
      return new Settling.Stuck(
          "the replication slot %s is gone, or the server has given up its log"
              .formatted(made.slot()));
    }
    return stuck() ? new Settling.Stuck(words()) : new Settling.Waiting();
  }

  private boolean stuck() throws SQLException {
    String now = store.mark(connection, made);
    if (!now.equals(mark)) {
      mark = now;
      moved = timing.ticker().nanos();
    }
    return timing.ticker().nanos() - moved > PATIENCE.toNanos();
  }

  private String words() {
    return "nothing of the change feed of %s has moved for %d s"
        .formatted(made.feed().rows().table(), PATIENCE.toSeconds());
  }
}
