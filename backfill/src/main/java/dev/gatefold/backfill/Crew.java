package dev.gatefold.backfill;

import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.backfill.session.Connections;
import dev.gatefold.backfill.throttle.Pressure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
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

  /** How long the others may take over the batch that they are in when all is over. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long one takes to notice that its connection is gone. */
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(2);

  private final Duration patience;
  private final CrewSize size;
  // Longest there first: who comes behind the wanted number leaves.
  private final List<Mate> mates = new CopyOnWriteArrayList<>();
  private final CrewTally tally = new CrewTally();
  private final Queue<Waiting> waits = new ConcurrentLinkedQueue<>();
  private volatile Optional<BackfillOutcome> end = Optional.empty();
  private volatile Optional<Throwable> fault = Optional.empty();
  private volatile int wanted = 1;
  private int hired = 1;
  private long hireFrom;

  Crew(
      BackfillJob job,
      Backfill backfill,
      Conditions conditions,
      Timing timing,
      Connections connections) {
    this(job, backfill, conditions, timing, connections, PATIENCE);
  }

  /** With another patience at the end, by the clock of the machine. */
  Crew(
      BackfillJob job,
      Backfill backfill,
      Conditions conditions,
      Timing timing,
      Connections connections,
      Duration patience) {
    this.patience = patience;
    this.job = job;
    this.backfill = backfill;
    this.conditions = conditions;
    this.timing = timing;
    this.connections = connections;
    this.size = new CrewSize(timing.ticker().nanos());
    this.hireFrom = timing.ticker().nanos();
  }

  /** What the others have done since this was asked last. */
  CrewTally.Done taken() {
    return tally.taken();
  }

  /** The database has counted the rows of all workers. */
  void recounted() {
    tally.recounted(mates);
  }

  /** Passes on why others had to wait. */
  void heard(Consumer<Waiting> listener) {
    for (Waiting wait = waits.poll(); wait != null; wait = waits.poll()) {
      listener.accept(wait);
    }
  }

  /**
   * How the backfill ended for one of the others.
   *
   * @throws IllegalStateException where one met a fault of the program, which is the cause
   */
  Optional<BackfillOutcome> end() {
    requireNoFault();
    return end;
  }

  private void requireNoFault() {
    if (fault.isPresent()) {
      throw new IllegalStateException(
          "a worker beside this one failed: " + fault.get(), fault.get());
    }
  }

  /** Makes them more or fewer, after all together have passed so many rows. */
  void tend(long passed, Pressure pressure) {
    long now = timing.ticker().nanos();
    wanted = size.after(now, passed, pressure.share(), conditions.settings().get().workers());
    if (mates.removeIf(Mate::isGone)) {
      hireFrom = now + BETWEEN_HANDS.toNanos();
    }
    while (mates.size() + 1 < wanted && now >= hireFrom) {
      hire();
    }
  }

  private void hire() {
    Mate mate = new Mate(++hired, connections, this::work);
    mates.add(mate);
    mate.start();
  }

  private void work(Mate mate, Connections own) throws InterruptedException {
    try (Connection connection = own.open()) {
      Hand hand =
          new Hand(
              (passed, written) -> tally.add(mate, passed, written),
              this::keep,
              () -> isTooMany(mate));
      backfill
          .help(connection, job, hand)
          .filter(outcome -> !(outcome instanceof BackfillOutcome.Finished))
          .ifPresent(outcome -> end = Optional.of(outcome));
    } catch (SQLException e) {
      // Its rows are free again, and whoever runs the backfill meets what is more than a mishap.
      keep(new Waiting(1, 0, Duration.ZERO, "a worker was lost: " + e.getMessage()));
    } catch (RuntimeException | Error e) {
      fault = Optional.of(e);
    }
  }

  /** By rank, not by number: the one that runs the backfill is the first. */
  private boolean isTooMany(Mate mate) {
    return mates.indexOf(mate) + 2 > wanted;
  }

  private void keep(Waiting wait) {
    if (waits.size() < MOST_WAITS) {
      waits.add(wait);
    }
  }

  /**
   * Lets each finish its batch, and waits for that, also where this thread is told to end; but not
   * for ever: who waits for a server that is gone has its connection taken away.
   *
   * @throws IllegalStateException as {@link #end} does
   */
  @Override
  public void close() {
    wanted = 0;
    mates.forEach(Mate::dismiss);
    boolean interrupted = Thread.interrupted();
    interrupted |= isInterruptedAwaiting(patience);
    mates.stream().filter(mate -> !mate.isGone()).forEach(Mate::cutOff);
    interrupted |= isInterruptedAwaiting(LAST_PATIENCE);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    requireNoFault();
  }

  private boolean isInterruptedAwaiting(Duration time) {
    try {
      for (Mate mate : mates) {
        mate.await(time);
      }
      return false;
    } catch (InterruptedException e) {
      // Told to end once more: no more patience.
      return true;
    }
  }
}
