package dev.gatefold.executor.standalone;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StandalonePlan;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One run of a backfill of its own. Immutable and thread-safe.
 *
 * @param dueAt the moment of its schedule; empty where somebody asked for it
 * @param detached whether it is for any worker; else the command that began it goes on with it
 * @param plan empty until it began
 * @param takenBy who worked on it last, in words
 * @param outcome how it ended, in words
 * @param rowsTotal the server's estimate
 */
public record Run(
    long id,
    ChangeName name,
    String file,
    State state,
    Optional<Instant> dueAt,
    boolean detached,
    Optional<StandalonePlan> plan,
    String actor,
    Instant at,
    Optional<String> takenBy,
    Optional<Instant> begunAt,
    Optional<Instant> endedAt,
    Optional<String> outcome,
    long rowsTotal,
    long rowsDone) {

  /** Where a run is on its way. */
  public enum State {
    WAITING,
    RUNNING,
    DONE,
    /** It stopped part-way; its command goes on with it. */
    FAILED,
    CANCELLED,
    /** It never began. */
    SKIPPED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }

    public boolean over() {
      return this != WAITING && this != RUNNING;
    }
  }
}
