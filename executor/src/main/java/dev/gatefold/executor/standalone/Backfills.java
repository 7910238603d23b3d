package dev.gatefold.executor.standalone;

import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.executor.filling.Filling;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.PaceSetting;
import dev.gatefold.planner.change.StandaloneBackfill;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything that can be asked about backfills without a change of schema. Not thread-safe. An
 * {@link SQLException} means that the connection or a right was lost.
 */
public interface Backfills {

  /** Runs it to its end, or goes on with the run of the same file that stopped part-way. */
  Outcome run(StandaloneBackfill backfill, String file, ProgressListener listener)
      throws SQLException;

  /**
   * Records it for workers: to begin at the moments of its schedule, or once and at once where it
   * has none. The same file again changes nothing.
   */
  Outcome schedule(StandaloneBackfill backfill, String file) throws SQLException;

  /** All that are recorded, by name; none where there is no schema {@code gatefold}. */
  List<Standing> list() throws SQLException;

  /** Ends its run after the batch, if one is under way, and takes it off the timetable. */
  Outcome cancel(ChangeName name) throws SQLException;

  /**
   * Gives all its runs, also the one that is under way, another pace.
   *
   * @param values in the words of the file
   * @param likeFile first takes back whatever was given before
   */
  Outcome pace(ChangeName name, Map<PaceSetting, String> values, boolean likeFile)
      throws SQLException;

  /**
   * Takes the oldest run that nobody works on and that is for workers; an interruption gives it
   * back.
   *
   * @param listeners who hears how the rows go, by the name of the backfill
   * @return what it was; empty where there is none to take
   */
  Optional<Ran> work(Function<ChangeName, ProgressListener> listeners) throws SQLException;

  /**
   * Fills rows of a run that another process is at, as long as any are free. Answers whether any
   * were.
   *
   * @throws InterruptedException between two batches, if the thread is interrupted
   */
  boolean help(Function<ChangeName, ProgressListener> listeners)
      throws SQLException, InterruptedException;

  /**
   * Lets runs begin at their moments until it is closed; a thread of its own does, on connections
   * of its own, also when this object is closed before.
   */
  Watch watch() throws SQLException;

  /**
   * One backfill.
   *
   * @param last the run that is under way, or else the newest
   * @param filling how that one is doing, or what it cost
   */
  record Standing(Standalone backfill, Optional<Run> last, Filling filling) {

    /** Its state: of the run that is open; else scheduled; else how the last one ended. */
    public String word() {
      Optional<Run> open = last.filter(run -> !run.state().over());
      return open.isEmpty() && backfill.schedule().isPresent()
          ? "scheduled"
          : last.map(run -> run.state().word()).orElse("recorded");
    }
  }

  /**
   * What a worker did.
   *
   * @param outcome how it ended; empty where it was given back
   */
  record Ran(Run run, Optional<Outcome> outcome) {}

  /** Somebody watches the timetable. */
  interface Watch extends AutoCloseable {

    /** Of a timetable that is not there. */
    Watch IDLE =
        new Watch() {
          @Override
          public boolean watches() {
            return false;
          }

          @Override
          public void settle() {}

          @Override
          public void close() {}
        };

    /** Whether there is a timetable to watch. */
    boolean watches();

    /** Waits until nothing that is due now is left to begin. */
    void settle() throws SQLException, InterruptedException;

    @Override
    void close();
  }
}
