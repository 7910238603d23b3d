package dev.gatefold.executor;

import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.executor.engine.Shift;
import dev.gatefold.executor.engine.StageEngine;
import dev.gatefold.executor.engine.StageEngine.Walk;
import dev.gatefold.executor.engine.StepResult;
import dev.gatefold.executor.outcome.Outcome;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** What a stage that did not reach its end means for whoever let it run. */
final class Walks {

  private final Shift shift;
  private final StageEngine engine;
  private final String again;

  /** {@code again} is the command that goes on. */
  Walks(Shift shift, StageEngine engine, String again) {
    this.shift = shift;
    this.engine = engine;
    this.again = again;
  }

  /** The outcome; a failure is written down first, so that status shows it. */
  Outcome outcome(Walk walk) throws SQLException {
    if (walk.result() instanceof StepResult.Failed failed) {
      engine.failed(walk.lastStep(), failed.reason(), keys(failed.rows()));
    }
    if (walk.result() instanceof StepResult.Differs differs) {
      engine.failed(walk.lastStep(), differs.mismatches() + " rows differ", keys(differs.rows()));
    }
    return unrecorded(walk);
  }

  /** The outcome of a walk that was no part of a stage. */
  Outcome unrecorded(Walk walk) {
    return walk.result().match(new Outcomes(walk.lastStep()));
  }

  private static String keys(List<BadRow> rows) {
    return rows.isEmpty()
        ? ""
        : rows.stream()
            .limit(3)
            .map(row -> "%s (%s)".formatted(row.key(), row.reason()))
            .collect(Collectors.joining(", ", ": ", rows.size() > 3 ? ", ..." : ""));
  }

  private final class Outcomes implements StepResult.Cases<Outcome> {

    private final String step;

    Outcomes(String step) {
      this.step = step;
    }

    @Override
    public Outcome done(StepResult.Done result) {
      throw new IllegalStateException("a finished walk has no reason to stop");
    }

    @Override
    public Outcome paused(StepResult.Paused result) {
      return new Outcome.Stopped(
          step,
          result.reason(),
          List.of(),
          "Lift it with gatefold resume " + shift.rollout().change() + ", then: " + again);
    }

    @Override
    public Outcome ownerLost(StepResult.OwnerLost result) {
      return new Outcome.Stopped(step, result.reason(), List.of(), "See gatefold status.");
    }

    @Override
    public Outcome failed(StepResult.Failed result) {
      return new Outcome.Stopped(
          step, result.reason(), result.rows(), result.cure() + " Go on: " + again);
    }

    @Override
    public Outcome differs(StepResult.Differs result) {
      return new Outcome.Differs(
          "%d rows differ between old and new shape".formatted(result.mismatches()),
          result.mismatches(),
          result.rows(),
          "Mend the rows by hand or with gatefold verify %s --repair, then: %s"
              .formatted(shift.rollout().change(), again));
    }
  }
}
