package dev.gatefold.executor.engine;

import dev.gatefold.backfill.range.BadRow;
import java.util.List;

/** What came of a step. Whatever it is, what was done is kept. */
public sealed interface StepResult {

  <R> R match(Cases<R> cases);

  /** One answer for each result. */
  interface Cases<R> {
    R done(Done result);

    R paused(Paused result);

    R ownerLost(OwnerLost result);

    R failed(Failed result);

    R differs(Differs result);
  }

  /** Done, and recorded as done. */
  record Done() implements StepResult {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.done(this);
    }
  }

  /** Somebody paused the rollout. */
  record Paused(String reason) implements StepResult {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.paused(this);
    }
  }

  /** Another executor has taken over. */
  record OwnerLost(String reason) implements StepResult {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ownerLost(this);
    }
  }

  /**
   * It cannot be done as things are.
   *
   * @param rows the rows that stand in the way, if rows do
   * @param cure what to do before the next attempt
   */
  record Failed(String reason, List<BadRow> rows, String cure) implements StepResult {

    public Failed {
      rows = List.copyOf(rows);
    }

    static Failed because(String reason, String cure) {
      return new Failed(reason, List.of(), cure);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.failed(this);
    }
  }

  /** Rows whose two shapes differ. */
  record Differs(long mismatches, List<BadRow> rows) implements StepResult {

    public Differs {
      rows = List.copyOf(rows);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.differs(this);
    }
  }

  default boolean isDone() {
    return this instanceof Done;
  }
}
