package dev.gatefold.executor.standalone;

import dev.gatefold.backfill.BackfillOutcome;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.executor.database.ServerFacts;
import dev.gatefold.executor.database.SqlState;
import dev.gatefold.executor.database.Transaction;
import dev.gatefold.executor.engine.NeighbourWatch.Place;
import dev.gatefold.executor.engine.TableFill;
import dev.gatefold.executor.engine.WindowClosedException;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.standalone.Run.State;
import dev.gatefold.executor.standalone.RunLeases.Lease;
import dev.gatefold.executor.store.BadRowStore;
import dev.gatefold.executor.store.Subject;
import dev.gatefold.planner.change.BackfillFile;
import dev.gatefold.planner.change.ChangeFileException;
import dev.gatefold.planner.plan.Refusal;
import dev.gatefold.planner.plan.StandalonePlan;
import dev.gatefold.planner.plan.StandalonePlanning;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The work on one run that is this worker's. Not thread-safe. */
final class RunWork {

  private final Connection connection;
  private final Lease lease;
  private final Place place;
  private final Timing timing;
  private final ProgressListener listener;
  private final RunStore runs = new RunStore();
  private final BadRowStore badRows = new BadRowStore();

  /** The place's own connection holds the lock of the run; further workers have others. */
  RunWork(Lease lease, Place place, Timing timing, ProgressListener listener) {
    this.connection = place.connection();
    this.lease = lease;
    this.place = place;
    this.timing = timing;
    this.listener = listener;
  }

  /**
   * Plans it, where that was not done before, and goes on from where it stopped.
   *
   * @throws SQLException where the connection is lost; the run is for somebody else then
   */
  Outcome run() throws SQLException, InterruptedException {
    try {
      Run run = runs.find(connection, lease.run()).orElseThrow();
      return run.plan().isPresent() ? fill(run, run.plan().get()) : begin(run);
    } catch (SQLException e) {
      if (SqlState.of(e) == SqlState.LOST) {
        throw e;
      }
      return failed(
          "%s (SQLSTATE %s)".formatted(SqlState.sentence(e), e.getSQLState()), "Remove the cause");
    }
  }

  private Outcome begin(Run run) throws SQLException, InterruptedException {
    StandalonePlanning planning;
    try {
      planning =
          Planned.now(connection, BackfillFile.read(run.name().value(), run.file(), it -> {}));
    } catch (ChangeFileException e) {
      // What was recorded could be read; a later version may know less.
      return failed(String.valueOf(e.getMessage()), "Mend the file");
    }
    if (planning instanceof Refusal refusal) {
      runs.end(
          connection,
          run.id(),
          State.FAILED,
          refusal.reasons().stream()
              .map(reason -> reason.object() + ": " + reason.message())
              .collect(Collectors.joining("; ", "refused: ", "")));
      return new Outcome.Refused(refusal);
    }
    StandalonePlan plan = (StandalonePlan) planning;
    runs.begin(
        connection,
        run.id(),
        plan,
        ServerFacts.rowsEstimate(connection, plan.rows().oid()).orElse(0));
    return fill(run, plan);
  }

  private Outcome fill(Run run, StandalonePlan plan) throws SQLException, InterruptedException {
    Looking looking = new Looking(connection, lease.run(), plan.looks());
    BackfillOutcome outcome;
    try {
      outcome = wholly(run, plan, looking);
    } catch (WindowClosedException e) {
      return new Outcome.Waits(e.words(), "A worker goes on when it opens.");
    }
    if (outcome instanceof BackfillOutcome.Finished) {
      List<BadRow> kept = kept(plan);
      if (!kept.isEmpty()) {
        // The next time all rows are read once more: it cannot be known how these were mended.
        // Known
        // until the end is written down: without them a run that is killed here would be a success.
        return ended(
            new Ending.Of(plan.name(), "").kept(kept), () -> badRows.forget(connection, subject()));
      }
    }
    return ended(outcome.match(new Ending.Of(plan.name(), looking.warning())));
  }

  /** Until all rows are passed and none was moved meanwhile, as far as can be told. */
  private BackfillOutcome wholly(Run run, StandalonePlan plan, Looking looking)
      throws SQLException, InterruptedException {
    BackfillOutcome outcome = filled(run, plan);
    // Rows that cannot be written would be met each time; the next run reads all rows anyway.
    while (outcome instanceof BackfillOutcome.Finished && kept(plan).isEmpty()) {
      Optional<String> again = looking.again();
      if (again.isEmpty()) {
        return outcome;
      }
      listener.waiting(new Waiting(0, 0, Duration.ZERO, again.get()));
      outcome = filled(run, plan);
    }
    return outcome;
  }

  private List<BadRow> kept(StandalonePlan plan) throws SQLException {
    return badRows.list(connection, subject(), plan.rows().oid());
  }

  private BackfillOutcome filled(Run run, StandalonePlan plan)
      throws SQLException, InterruptedException {
    TableFill fill = RunFill.of(place, timing, lease, plan);
    return run.detached() ? fill.runUntilClosed(listener) : fill.run(listener);
  }

  private Subject subject() {
    return Subject.run(lease.run());
  }

  private Outcome ended(Ending ending) throws SQLException {
    return ended(ending, () -> {});
  }

  private Outcome ended(Ending ending, Transaction.Action more) throws SQLException {
    if (ending.state().over()) {
      Transaction.run(
          connection,
          () -> {
            more.run();
            runs.end(connection, lease.run(), ending.state(), ending.words());
            if (ending.anew()) {
              runs.forgetPlan(connection, lease.run());
            }
          });
    }
    return ending.outcome();
  }

  private Outcome failed(String why, String cure) throws SQLException {
    runs.end(connection, lease.run(), State.FAILED, why);
    return new Outcome.Stopped("", why, List.of(), cure + ", then run it again.");
  }
}
