package dev.gatefold.executor.engine;

import dev.gatefold.backfill.Backfill;
import dev.gatefold.backfill.BackfillJob;
import dev.gatefold.backfill.BackfillOutcome;
import dev.gatefold.backfill.Conditions;
import dev.gatefold.backfill.Desk;
import dev.gatefold.backfill.lease.RangeLedger;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.session.Connections;
import dev.gatefold.backfill.throttle.Throttle;
import dev.gatefold.backfill.window.ServerClock;
import dev.gatefold.backfill.window.WindowThrottle;
import dev.gatefold.executor.database.KeptStatements;
import dev.gatefold.executor.database.OwnProcess;
import dev.gatefold.executor.database.ServerFacts;
import dev.gatefold.executor.engine.NeighbourWatch.Place;
import dev.gatefold.executor.store.BadRowStore;
import dev.gatefold.executor.store.SpeedStore;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What this process does for the backfill of one table: it fills rows, heeds the pace, the window
 * and the neighbours, and tells others how fast it is. Not thread-safe.
 */
public final class TableFill {

  private final Place place;
  private final Timing timing;
  private final FillOrder order;

  /** The place's own connection does the work; further workers and watches have others. */
  public TableFill(Place place, Timing timing, FillOrder order) {
    this.place = place;
    this.timing = timing;
    this.order = order;
  }

  /** Runs the backfill, and waits while its window is closed. */
  public BackfillOutcome run(ProgressListener listener) throws SQLException, InterruptedException {
    try (Steering steering = steering()) {
      return heeding(steering, (conditions, window) -> run(conditions, listener));
    }
  }

  /**
   * The same for whoever has other things to do while the window is closed.
   *
   * @throws WindowClosedException everything up to the batch before is committed
   */
  public BackfillOutcome runUntilClosed(ProgressListener listener)
      throws SQLException, InterruptedException {
    try (Steering steering = steering()) {
      return heeding(
          steering, (conditions, window) -> run(conditions, new UntilClosed(listener, window)));
    }
  }

  /**
   * Fills what is free now of a backfill that another process runs, maybe on another machine, until
   * nothing is or the window closes. What lets it write is the lease of a range, and whatever the
   * order's fence asks for. Answers whether anything was free.
   *
   * @throws InterruptedException between two batches, if the thread is interrupted
   */
  public boolean help(ProgressListener listener) throws SQLException, InterruptedException {
    try (Steering steering = steering()) {
      return ledger().isAnyFree(place.connection(), steering.get().workers())
          && heeding(steering, (conditions, window) -> help(conditions, window, listener));
    }
  }

  private BackfillOutcome run(Conditions conditions, ProgressListener listener)
      throws SQLException, InterruptedException {
    try (SpeedListener speed = speed(listener);
        KeptStatements session = KeptStatements.in(place.connection())) {
      Connections others = () -> KeptStatements.in(place.connections().open()).connection();
      return backfill(conditions, speed).run(session.connection(), others, job(conditions));
    }
  }

  private boolean help(Conditions conditions, Throttle window, ProgressListener listener)
      throws SQLException, InterruptedException {
    if (window.now().holds()) {
      return false;
    }
    try (SpeedListener speed = speed(new UntilClosed(listener, window));
        KeptStatements session = KeptStatements.in(place.connection())) {
      backfill(conditions, speed).help(session.connection(), job(conditions));
    } catch (WindowClosedException e) {
      // Whoever runs the backfill waits for it to open, or leaves it to whoever is there then.
    }
    return true;
  }

  private interface Work<R> {
    R done(Conditions conditions, Throttle window) throws SQLException, InterruptedException;
  }

  private <R> R heeding(Steering steering, Work<R> work) throws SQLException, InterruptedException {
    try (NeighbourWatch neighbours =
        NeighbourWatch.over(place, steering.get().throttling(), order.table(), timing)) {
      Throttle window =
          new WindowThrottle(
              () -> steering.get().window(), ServerClock.read(place.connection(), timing.ticker()));
      return work.done(new Conditions(Throttle.all(List.of(window, neighbours)), steering), window);
    }
  }

  private Steering steering() throws SQLException {
    return Steering.of(place.connection(), place.connections(), order.settings(), timing.ticker());
  }

  private Backfill backfill(Conditions conditions, ProgressListener listener) {
    Desk desk =
        new Desk(
            ledger(),
            order.fence(),
            Optional.of(new BadRowStore().keeper(order.subject(), order.table())));
    return new Backfill(desk, conditions, listener, timing);
  }

  private RangeLedger ledger() {
    return new RangeLedger(order.owner(), order.rows(), OwnProcess.words(), RangeLedger.LEASE);
  }

  private SpeedListener speed(ProgressListener next) {
    String process = "%s, %016x".formatted(OwnProcess.words(), timing.random().nextLong());
    return new SpeedListener(
        next,
        said ->
            new SpeedStore().say(place.connection(), order.subject(), order.table(), process, said),
        timing.ticker());
  }

  private BackfillJob job(Conditions conditions) throws SQLException {
    return new BackfillJob(
        order.rows(),
        conditions.settings().get(),
        order.keepNew(),
        ServerFacts.maySkipTriggers(place.connection()),
        ServerFacts.rowsEstimate(place.connection(), order.table()),
        order.feed());
  }
}
