package dev.gatefold.executor.standalone;

import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.executor.database.Patience;
import dev.gatefold.executor.database.Perseverance;
import dev.gatefold.executor.database.ServerFacts;
import dev.gatefold.executor.engine.NeighbourWatch.Place;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.standalone.Run.State;
import dev.gatefold.executor.standalone.RunLeases.Lease;
import dev.gatefold.executor.standby.Standbys;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The work on one run that is to be this process's, through all losses of connections; empty where
 * somebody else has it. Not thread-safe.
 */
final class RunSpells implements Perseverance.Work<Optional<Outcome>>, ProgressListener {

  private final DataSource database;
  private final Standbys standbys;
  private final Timing timing;
  private final long run;
  private final ProgressListener listener;
  private final Perseverance perseverance;
  private final RunStore runs = new RunStore();
  private final RunLeases leases = new RunLeases();
  private boolean patient;
  private boolean begun;

  RunSpells(
      DataSource database, Standbys standbys, Timing timing, long run, ProgressListener listener) {
    this.database = database;
    this.standbys = standbys;
    this.timing = timing;
    this.run = run;
    this.listener = listener;
    this.perseverance = new Perseverance(timing);
  }

  /** Waits a moment for the session of a process that was killed. */
  Optional<Outcome> patiently() throws SQLException, InterruptedException {
    patient = true;
    return perseverance.through(this);
  }

  /** Has other things to do where somebody else works on it. */
  Optional<Outcome> atOnce() throws SQLException, InterruptedException {
    return perseverance.through(this);
  }

  @Override
  public Optional<Outcome> attempt() throws SQLException, InterruptedException {
    try (Connection own = database.getConnection()) {
      Optional<Outcome> ended = begun ? ended(own) : Optional.empty();
      if (ended.isPresent()) {
        return ended;
      }
      Optional<Lease> lease =
          // A session of ours that was lost may live on, too.
          patient || begun
              ? Patience.until(() -> leases.acquire(own, run), timing.sleeper())
              : leases.acquire(own, run);
      return lease.isEmpty() ? Optional.empty() : Optional.of(work(own, lease.get()));
    }
  }

  /**
   * How it ended, where only the answer to the last COMMIT was lost, or somebody ended it since.
   */
  private Optional<Outcome> ended(Connection own) throws SQLException {
    return runs.find(own, run).filter(it -> it.state().over()).map(RunSpells::outcome);
  }

  private static Outcome outcome(Run ended) {
    String words = ended.outcome().orElse(ended.state().word());
    return ended.state() == State.DONE
        ? new Outcome.Done("%s is done: %s".formatted(ended.name(), words), "")
        : new Outcome.Stopped("", words, List.of(), "See gatefold backfill list.");
  }

  private Outcome work(Connection own, Lease lease) throws SQLException, InterruptedException {
    begun = true;
    try {
      return new RunWork(lease, new Place(own, database::getConnection, standbys), timing, this)
          .run();
    } finally {
      release(own, lease);
    }
  }

  private void release(Connection own, Lease lease) {
    try {
      leases.release(own, lease);
    } catch (SQLException e) {
      // The session is lost, and the server gives its locks back.
      System.getLogger(RunSpells.class.getName())
          .log(System.Logger.Level.DEBUG, "giving the lease back failed", e);
    }
  }

  @Override
  public boolean hasBegun() {
    return begun;
  }

  @Override
  public boolean isUnderWay() throws SQLException {
    try (Connection connection = database.getConnection()) {
      ServerFacts.requirePrimary(connection);
      // One that has ended meanwhile is told of by the next attempt.
      return runs.find(connection, run).isPresent();
    }
  }

  @Override
  public void waiting(String reason) {
    listener.waiting(new Waiting(0, 0, Duration.ZERO, reason));
  }

  @Override
  public void progress(Progress progress) {
    perseverance.gotOn();
    listener.progress(progress);
  }

  @Override
  public void waiting(Waiting waiting) {
    listener.waiting(waiting);
  }
}
