package dev.gatefold.executor.store;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.time.Instant;
import java.util.Optional;

/**
 * A promotion that somebody asked for and that a worker runs.
 *
 * @param fingerprint of the plan that was asked for
 * @param evidence the hash of what whoever asked had looked at
 * @param actor who asked
 * @param takenBy which worker has it, or had it last, in words
 * @param endedAt when it ended; on the server's clock
 */
public record Request(
    long id,
    long rollout,
    ChangeName change,
    StageName stage,
    String fingerprint,
    Optional<String> evidence,
    Optional<String> reason,
    String actor,
    Instant at,
    Optional<String> takenBy,
    Optional<End> end,
    Optional<Instant> endedAt) {

  /**
   * How it ended.
   *
   * @param outcome a stable word: done, waits, blocked, stopped, ...
   * @param seen the hash of what the worker saw at a gate that stayed closed
   */
  public record End(String outcome, String message, String cure, Optional<String> seen) {

    public boolean isDone() {
      return outcome.equals("done");
    }
  }

  /**
   * Whether it says more about where a rollout stands than the rollout itself does.
   *
   * @param updatedAt when the rollout was touched last
   */
  public boolean concerns(Instant updatedAt) {
    boolean open = end.isEmpty();
    return open
        || (end.filter(End::isDone).isEmpty()
            && endedAt.filter(it -> it.isAfter(updatedAt)).isPresent());
  }
}
