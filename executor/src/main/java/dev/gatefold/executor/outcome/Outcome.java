package dev.gatefold.executor.outcome;

import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.executor.gate.Difference;
import dev.gatefold.executor.gate.Evidence;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.planner.plan.Refusal;
import java.time.Instant;
import java.util.List;

/** How a command that changes something ended. Each case has its exit code. */
public sealed interface Outcome {

  <R> R match(Cases<R> cases);

  /** One answer for each case. */
  interface Cases<R> {
    R done(Done outcome);

    R outOfOrder(OutOfOrder outcome);

    R refused(Refused outcome);

    R waits(Waits outcome);

    R stopped(Stopped outcome);

    R differs(Differs outcome);

    R blocked(Blocked outcome);

    R denied(Denied outcome);

    R measured(Measured outcome);
  }

  /** It is done, or was before. */
  record Done(String message, String next) implements Outcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.done(this);
    }
  }

  /** The command does not fit the state; nothing was changed. */
  record OutOfOrder(String message, String cure) implements Outcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.outOfOrder(this);
    }
  }

  /** The planner refuses the change; nothing was changed. */
  record Refused(Refusal refusal) implements Outcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /** Not now: another executor is at work, or the rollout is paused. */
  record Waits(String message, String cure) implements Outcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.waits(this);
    }
  }

  /**
   * Stopped part-way; what is done is kept, and the same command goes on.
   *
   * @param rows the rows that stand in the way, if rows do
   */
  record Stopped(String step, String message, List<BadRow> rows, String cure) implements Outcome {
    public Stopped {
      rows = List.copyOf(rows);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.stopped(this);
    }
  }

  /** Verification found rows whose old and new shape differ. */
  record Differs(String message, long mismatches, List<BadRow> rows, String cure)
      implements Outcome {
    public Differs {
      rows = List.copyOf(rows);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.differs(this);
    }
  }

  /**
   * The gate is closed; nothing was changed.
   *
   * @param closedBy the worst verdict of those that a reason does not answer
   */
  record Blocked(Evidence evidence, Verdict closedBy) implements Outcome {

    public Blocked(Evidence evidence) {
      this(evidence, evidence.verdict());
    }

    /** Whether it opens by itself, or by somebody's word. */
    public boolean waits() {
      return closedBy == Verdict.WAITING;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.blocked(this);
    }
  }

  /**
   * Whoever asked may not decide this, or not on what was named; nothing was changed.
   *
   * @param worse what is worse at the gate than it was in the evidence that was named
   */
  record Denied(String message, List<Difference> worse, String cure) implements Outcome {
    public Denied {
      worse = List.copyOf(worse);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.denied(this);
    }
  }

  /** The gate was measured and what was seen recorded; nothing else was changed. */
  record Measured(Evidence evidence, Instant expiresAt) implements Outcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.measured(this);
    }
  }
}
