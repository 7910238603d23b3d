package dev.gatefold.executor.feed;

import dev.gatefold.backfill.feed.FeedEnd;
import dev.gatefold.backfill.feed.Reading;
import dev.gatefold.backfill.feed.apply.FeedRun;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.executor.database.OwnProcess;
import dev.gatefold.executor.store.FeedStore;
import dev.gatefold.executor.store.FeedStore.Made;
import dev.gatefold.executor.store.FeedStore.Mark;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Reads one feed in a thread of its own for as long as this process may, and begins anew whenever
 * it breaks. Thread-safe.
 */
final class FeedKeeper implements AutoCloseable {

  /** So often it says a word in the log. */
  private static final Duration BEAT = Duration.ofSeconds(1);

  /** A feed of which nothing has moved for so long is stuck. */
  private static final Duration STUCK = Duration.ofSeconds(60);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final int MOST_DOUBLINGS = 5;

  private final FeedSite site;
  private final FeedReader reader;
  private final FeedStore store = new FeedStore();
  private final SlotGuard guard = new SlotGuard();
  private final Claim claim;
  private final boolean insists;
  private final Timing timing;
  private final Thread thread;
  private final Object change = new Object();
  private Optional<Reading> reading = Optional.empty();
  private Optional<String> trouble = Optional.empty();
  private boolean closed;
  private boolean again;
  private int failures;

  /** Takes a feed, or does not get it. */
  @FunctionalInterface
  interface Claim {
    Optional<Made> take(Connection connection, String reader) throws SQLException;
  }

  private FeedKeeper(FeedSite site, Claim claim, boolean skipsTriggers, boolean insists) {
    this.site = site;
    this.reader = new FeedReader(site, skipsTriggers);
    this.claim = claim;
    this.insists = insists;
    this.timing = site.timing();
    this.thread = new Thread(this::keep, "gatefold-feed-keeper");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * One that claims the feed again and again until it is closed.
   *
   * @param skipsTriggers whether the triggers of users are not to fire for what follows
   */
  static FeedKeeper insisting(FeedSite site, Claim claim, boolean skipsTriggers) {
    return new FeedKeeper(site, claim, skipsTriggers, true);
  }

  /** One that ends when the feed is gone, or another reader's. */
  static FeedKeeper once(FeedSite site, Claim claim, boolean skipsTriggers) {
    return new FeedKeeper(site, claim, skipsTriggers, false);
  }

  /** Whether it has ended by itself. */
  boolean isOver() {
    return !thread.isAlive();
  }

  private void keep() {
    try {
      boolean mine = true;
      while (!isClosed() && (insists || mine)) {
        try (Connection control = site.database().getConnection()) {
          mine = attend(control);
        } catch (SQLException | RuntimeException e) {
          // Whatever it is, the next attempt may find it mended; until then the gate tells it.
          failed(String.valueOf(e.getMessage()));
        }
        rest();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads the feed while it may; answers whether it had it at its end. */
  private boolean attend(Connection control) throws SQLException, InterruptedException {
    Optional<Made> made = claim.take(control, OwnProcess.words());
    while (made.isPresent() && !isClosed()) {
      Made now = made.get();
      // While nothing of ours reads it: an engine that begins makes a slot that it does not find.
      if (guard.givesUp(control, now)) {
        return false;
      }
      Optional<SlotLook> slot = SlotLook.at(control, now.slot());
      if (slot.isEmpty() || slot.get().lost()) {
        break;
      }
      slot.get().free(control);
      read(control, now, slot.get().confirmed());
      made = store.renew(control, now);
      if (made.isPresent() && !isClosed()) {
        rest();
      }
    }
    if (made.isPresent()) {
      store.leave(control, made.get());
    }
    return made.isPresent();
  }

  private void read(Connection control, Made made, long confirmed)
      throws SQLException, InterruptedException {
    try (Reading begun = reader.begin(control, made, confirmed)) {
      stands(begun);
      beat(control, made, begun);
    } catch (IOException e) {
      failed(String.valueOf(e.getMessage()));
    } finally {
      standsNot();
    }
    store.trouble(control, made, trouble());
  }

  /** Says a word each second, by which anybody sees how far behind the feed is. */
  private void beat(Connection control, Made made, Reading begun)
      throws SQLException, InterruptedException {
    Mark mark = Mark.NONE;
    String place = store.sayTime(control, made.slot());
    long moved = timing.ticker().nanos();
    while (isWanted() && store.renew(control, made).isPresent()) {
      if (guard.tooMuch(control, made).isPresent()) {
        return;
      }
      String newest = store.sayTime(control, made.slot());
      Optional<FeedEnd> end = begun.endWithin(BEAT);
      if (end.isPresent()) {
        ended(end.get());
        return;
      }
      Mark now = store.mark(control, made, place);
      if (!now.applied().equals(mark.applied())) {
        // Its own words alone would look like progress.
        place = newest;
        succeeded();
        store.trouble(control, made, Optional.empty());
      }
      if (!now.equals(mark) || begun.isAtWork()) {
        mark = now;
        moved = timing.ticker().nanos();
      } else if (timing.ticker().nanos() - moved > STUCK.toNanos()) {
        failed("nothing was told for " + STUCK.toSeconds() + " s");
        return;
      }
    }
  }

  private void ended(FeedEnd end) {
    if (end instanceof FeedEnd.Broken broken) {
      failed(broken.reason());
    } else if (end instanceof FeedEnd.Lost lost) {
      failed(lost.reason());
    }
  }

  private void failed(String reason) {
    synchronized (change) {
      failures++;
      trouble = Optional.of(reason);
    }
    System.getLogger(FeedKeeper.class.getName())
        .log(System.Logger.Level.DEBUG, "the change feed has ended: {0}", reason);
  }

  private void succeeded() {
    synchronized (change) {
      failures = 0;
      trouble = Optional.empty();
    }
  }

  private Optional<String> trouble() {
    synchronized (change) {
      return trouble;
    }
  }

  private void stands(Reading begun) {
    synchronized (change) {
      reading = Optional.of(begun);
      change.notifyAll();
    }
  }

  private void standsNot() {
    synchronized (change) {
      reading = Optional.empty();
      again = false;
      change.notifyAll();
    }
  }

  private boolean isWanted() {
    synchronized (change) {
      return !closed && !again;
    }
  }

  private boolean isClosed() {
    synchronized (change) {
      return closed;
    }
  }

  /** Longer after each failure in a row; no longer once it is to begin anew, or to end. */
  private void rest() throws InterruptedException {
    long began = timing.ticker().nanos();
    synchronized (change) {
      long pause = FIRST_PAUSE.toNanos() << Math.min(Math.max(0, failures - 1), MOST_DOUBLINGS);
      while (!closed && !(again && failures == 0)) {
        long left = TimeUnit.NANOSECONDS.toMillis(pause - (timing.ticker().nanos() - began));
        if (left <= 0) {
          return;
        }
        change.wait(left);
      }
    }
  }

  /** The run of now; waits for one for so long. */
  Optional<FeedRun> run(Duration within) throws InterruptedException {
    long end = timing.ticker().nanos() + within.toNanos();
    synchronized (change) {
      while (reading.isEmpty() && !closed) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - timing.ticker().nanos());
        if (left <= 0) {
          break;
        }
        change.wait(left);
      }
      return reading.flatMap(it -> it instanceof FeedRun run ? Optional.of(run) : Optional.empty());
    }
  }

  /** Lets it begin anew: with what stands in the database by now. */
  void again() {
    synchronized (change) {
      again = true;
      change.notifyAll();
    }
  }

  @Override
  public void close() {
    synchronized (change) {
      closed = true;
      change.notifyAll();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
