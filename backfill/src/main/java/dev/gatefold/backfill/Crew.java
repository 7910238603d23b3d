package dev.gatefold.backfill;

import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.backfill.session.Connections;
import dev.gatefold.backfill.throttle.Pressure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The workers of this process beside the one that runs the backfill, each a thread with a
 * connection of its own. To be used by that one thread.
 */
final class Crew implements AutoCloseable {

  private final BackfillJob job;
  private final Backfill backfill;
  private final Conditions conditions;
  private final Timing timing;
  private final Connections connections;

  /** More would only say the same again. */
  private static final int MOST_WAITS = 16;

  /** A hand that found nothing to do is not replaced at once: the next would not either. */
  private static final Duration BETWEEN_HANDS = Duration.ofSeconds(2);

  private final CrewSize size;
  private final List<Thread> hands = new ArrayList<>();
  private final LongAdder rows = new LongAdder();
  private final LongAdder written = new LongAdder();
  private final Queue<Waiting> waits = new ConcurrentLinkedQueue<>();
  private volatile Optional<BackfillOutcome> end = Optional.empty();
  private volatile int wanted = 1;
  private long hireFrom;

  Crew(
      BackfillJob job,
      Backfill backfill,
      Conditions conditions,
      Timing timing,
      Connections connections) {
    this.job = job;
    this.backfill = backfill;
    this.conditions = conditions;
    this.timing = timing;
    this.connections = connections;
    this.size = new CrewSize(timing.ticker().nanos());
    this.hireFrom = timing.ticker().nanos();
  }

  /** Rows that the others have done since this was asked last. */
  long rows() {
    return rows.sumThenReset();
  }

  /** How many of them had to be written. */
  long written() {
    return written.sumThenReset();
  }

  /** Passes on why others had to wait. */
  void heard(Consumer<Waiting> listener) {
    for (Waiting wait = waits.poll(); wait != null; wait = waits.poll()) {
      listener.accept(wait);
    }
  }

  /** How the backfill ended for one of the others. */
  Optional<BackfillOutcome> end() {
    return end;
  }

  /** Makes them more or fewer, after all together have passed so many rows. */
  void tend(long passed, Pressure pressure) {
    long now = timing.ticker().nanos();
    wanted = size.after(now, passed, pressure.share(), conditions.settings().get().workers());
    if (hands.removeIf(hand -> !hand.isAlive())) {
      hireFrom = now + BETWEEN_HANDS.toNanos();
    }
    while (hands.size() + 1 < wanted && now >= hireFrom) {
      hands.add(hired(hands.size() + 2));
    }
  }

  private Thread hired(int number) {
    Thread hand = new Thread(() -> work(number), "gatefold-backfill-" + number);
    hand.setDaemon(true);
    hand.start();
    return hand;
  }

  private void work(int number) {
    try (Connection connection = connections.open()) {
      Hand hand = new Hand(this::count, this::keep, () -> number > wanted);
      backfill
          .help(connection, job, hand)
          .filter(outcome -> !(outcome instanceof BackfillOutcome.Finished))
          .ifPresent(outcome -> end = Optional.of(outcome));
    } catch (SQLException e) {
      // Its rows are free again, and whoever runs the backfill meets what is more than a mishap.
      keep(new Waiting(1, 0, Duration.ZERO, "a worker was lost: " + e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep(Waiting wait) {
    if (waits.size() < MOST_WAITS) {
      waits.add(wait);
    }
  }

  private void count(long passed, long filled) {
    rows.add(passed);
    written.add(filled);
  }

  /** Lets each finish its batch, and waits for that, also where this thread is told to end. */
  @Override
  public void close() {
    wanted = 0;
    hands.forEach(Thread::interrupt);
    boolean interrupted = false;
    for (Thread hand : hands) {
      while (hand.isAlive()) {
        try {
          hand.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
