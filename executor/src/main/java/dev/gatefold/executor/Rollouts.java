package dev.gatefold.executor;

import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.filling.Filling;
import dev.gatefold.executor.migration.Ways;
import dev.gatefold.executor.notify.Endpoint;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.standalone.Backfills;
import dev.gatefold.executor.store.AuditEntry;
import dev.gatefold.executor.store.BadRowStore.Kept;
import dev.gatefold.executor.store.FeedLook;
import dev.gatefold.executor.store.HistoryEntry;
import dev.gatefold.executor.store.NotificationStore.Untold;
import dev.gatefold.executor.store.Request;
import dev.gatefold.executor.store.VerificationStore.UnderWay;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.Planning;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.snapshot.SchemaSnapshot;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that can be asked of Gatefold about one database. The command line and the server
 * speak to this and to nothing below it.
 *
 * <p>Not thread-safe: one object, one user. An {@link SQLException} means that the connection or a
 * right was lost; whatever else can happen is an {@link Outcome}.
 */
public interface Rollouts extends AutoCloseable {

  /** Makes or migrates the schema {@code gatefold}; says what it did. */
  String init() throws SQLException;

  /** Reads the live catalog and plans; writes nothing. Needs no schema {@code gatefold}. */
  Planning plan(Change change) throws SQLException;

  /** The same with the straight way, for databases in which nobody is in the way. */
  Ways ways(Change change) throws SQLException;

  /** Reads the users' schemas, so that a change can be planned elsewhere; writes nothing. */
  SchemaSnapshot snapshot() throws SQLException;

  /** Records a change and its plan; the same file again changes nothing. */
  Outcome submit(Change change, String file) throws SQLException;

  /**
   * Measures the gate of the next stage for somebody to decide on, and records what was seen.
   *
   * @param stage the stage that is meant to be the next one; empty for whichever is
   */
  Outcome evidence(ChangeName change, Optional<StageName> stage) throws SQLException;

  /** Approves the next stage in the name of whoever is connected. */
  Outcome approve(ChangeName change, ApprovalOrder order) throws SQLException;

  /** Measures the gate, records the promotion and runs the stage to its end. */
  Outcome promote(ChangeName change, PromotionOrder order, StageListener listener)
      throws SQLException;

  /** Asks for a promotion that a worker runs, and does not wait for it. */
  Outcome detach(ChangeName change, PromotionOrder order) throws SQLException;

  /**
   * Takes the oldest promotion that was asked for and that nobody works on, and runs it; an
   * interruption gives it back.
   *
   * @return what it was; empty where there is none to take
   */
  Optional<Worked> work(StageListener listener) throws SQLException;

  /**
   * Fills rows for a backfill that another process runs, as long as any are free. Answers whether
   * any were.
   *
   * @throws InterruptedException between two batches, if the thread is interrupted
   */
  boolean help(StageListener listener) throws SQLException, InterruptedException;

  /**
   * Sees to it that each change feed which nobody reads is read by this process, in threads of
   * their own, until this object is closed or somebody else takes it over.
   *
   * @param applyLanes whether it takes part, too, in applying those that go through Kafka
   */
  void readFeeds(boolean applyLanes) throws SQLException;

  /**
   * Compares a few rows of a change that waits for its next stage, at most once a minute; whoever
   * has nothing else to do calls it as often as he likes. It waits for nobody.
   */
  void sample() throws SQLException;

  /** The newest request for a promotion of each change, by change. */
  List<Request> requests() throws SQLException;

  /**
   * What a worker did.
   *
   * @param outcome how it ended; empty where it was given back
   */
  record Worked(Request request, Optional<Outcome> outcome) {}

  /** Runs the stage that failed once more. */
  Outcome retry(ChangeName change, StageListener listener) throws SQLException;

  /**
   * Undoes the latest stage, or all stages back to a state.
   *
   * @param to the state to reach; empty for the one before the latest stage
   */
  Outcome rollback(ChangeName change, Optional<RolloutState> to, StageListener listener)
      throws SQLException;

  Outcome pause(ChangeName change) throws SQLException;

  Outcome resume(ChangeName change) throws SQLException;

  /** Gives a backfill another pace; one that runs follows within about a second. */
  Outcome pace(ChangeName change, PaceOrder order) throws SQLException;

  /** How the backfills of all changes that are not over are doing. */
  Map<ChangeName, Filling> fillings() throws SQLException;

  /** How the change feeds of all changes stand. */
  Map<ChangeName, List<FeedLook>> feeds() throws SQLException;

  /** Rows of a change that cannot be converted and were left as they are. */
  List<Kept> badRows(ChangeName change) throws SQLException;

  /** Compares old and new shape of every row; changes nothing. */
  default Outcome verify(ChangeName change, StageListener listener) throws SQLException {
    return verify(change, VerificationOrder.COMPARE, listener);
  }

  /** Compares old and new shape of every row, and repairs those that differ where it is told to. */
  Outcome verify(ChangeName change, VerificationOrder order, StageListener listener)
      throws SQLException;

  /** The verifications that are under way, or were when they were stopped. */
  Map<ChangeName, List<UnderWay>> verifications() throws SQLException;

  /** All rollouts, newest first; none where there is no schema {@code gatefold}. */
  List<Rollout> list() throws SQLException;

  Optional<Rollout> find(ChangeName change) throws SQLException;

  /** What happened, oldest first. */
  List<HistoryEntry> history(Optional<ChangeName> change) throws SQLException;

  /**
   * Tells endpoints what has happened, as far as they take it and time allows; whatever they do not
   * take is sent by a later call. Never fails for an endpoint's sake.
   */
  void tell(List<Endpoint> endpoints, Duration atMost) throws SQLException, InterruptedException;

  /** Which notifications did not arrive. */
  List<Untold> untold() throws SQLException;

  /**
   * The same with all that is known: on which evidence, why, from where, how it ended.
   *
   * @param since the first instant that counts
   * @param until the first that does not count any more
   */
  List<AuditEntry> audit(
      Optional<ChangeName> change, Optional<Instant> since, Optional<Instant> until)
      throws SQLException;

  /** Whether this database is ready for Gatefold; one line each, with a cure where it is not. */
  List<Diagnosis> doctor() throws SQLException;

  /**
   * Drops what is left of change feeds that no change of this database knows; tells what it was.
   */
  List<Diagnosis> clean() throws SQLException;

  /** One thing that was looked at. */
  record Diagnosis(String subject, Level level, String message, String cure) {

    /** How it stands. */
    public enum Level {
      OK,
      NOTE,
      PROBLEM
    }
  }

  /** Backfills that go without a change of schema. */
  Backfills backfills();

  @Override
  void close();
}
