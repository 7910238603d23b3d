package dev.gatefold.executor.standalone;

import dev.gatefold.executor.database.Transaction;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.standalone.Run.State;
import dev.gatefold.executor.standalone.RunLeases.Lease;
import dev.gatefold.executor.timetable.Timetable;
import dev.gatefold.planner.change.ChangeName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Ends what is under way of a backfill, and lets nothing of it begin. */
final class Cancellation {

  private final Connection connection;
  private final ChangeName name;
  private final StandaloneStore backfills = new StandaloneStore();
  private final RunStore runs = new RunStore();
  private final RunLeases leases = new RunLeases();

  Cancellation(Connection connection, ChangeName name) {
    this.connection = connection;
    this.name = name;
  }

  Outcome cancel() throws SQLException {
    Optional<Run> running;
    Optional<Run> waiting;
    boolean scheduled;
    try {
      running = runs.open(connection, name, State.RUNNING);
      waiting = runs.open(connection, name, State.WAITING);
      scheduled = Transaction.in(connection, this::cancelled);
    } catch (DueNowException e) {
      return e.outcome();
    }
    if (running.isPresent() && !abandoned(running.get())) {
      return new Outcome.Done(name + " ends after its batch", "See gatefold backfill list.");
    }
    boolean anything = scheduled || running.isPresent() || waiting.isPresent();
    return new Outcome.Done(
        name + (anything ? " is cancelled" : " has nothing under way and no schedule"), "");
  }

  /** Answers whether it had a schedule. */
  private boolean cancelled() throws SQLException {
    Standalone backfill = backfills.lock(connection, name).orElseThrow();
    runs.cancel(connection, name);
    if (backfill.schedule().isEmpty()) {
      return false;
    }
    backfills.schedule(connection, backfill.id(), Optional.empty());
    if (!new Timetable().remove(connection, name.value())) {
      throw new DueNowException(name);
    }
    return true;
  }

  /** Ends a run whose worker was killed; nobody else would. */
  private boolean abandoned(Run run) throws SQLException {
    Optional<Lease> lease = leases.acquire(connection, run.id());
    if (lease.isPresent()) {
      runs.end(connection, run.id(), State.CANCELLED, "cancelled after its worker was gone");
      leases.release(connection, lease.get());
    }
    return lease.isPresent();
  }
}
