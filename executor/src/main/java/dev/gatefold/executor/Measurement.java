package dev.gatefold.executor;

import dev.gatefold.executor.engine.Shift;
import dev.gatefold.executor.engine.StageEngine;
import dev.gatefold.executor.gate.Evidence;
import dev.gatefold.executor.gate.EvidenceStore;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.planner.plan.StageName;
import java.sql.SQLException;
import java.util.Optional;

/** Measures the gate of the next stage for somebody to decide on; nothing else happens. */
final class Measurement {

  private final Site site;
  private final Optional<StageName> wanted;

  Measurement(Site site, Optional<StageName> wanted) {
    this.site = site;
    this.wanted = wanted;
  }

  /** Under the change's lock: a gate that is measured while a stage runs says nothing. */
  Outcome run(Shift shift, StageEngine engine) throws SQLException {
    Rollout rollout = shift.rollout();
    Optional<StageName> next = rollout.next();
    if (next.isEmpty() || wanted.filter(stage -> stage != next.get()).isPresent()) {
      return new Outcome.OutOfOrder(
          "%s is %s: %s"
              .formatted(
                  rollout.change(),
                  rollout.state().word(),
                  wanted
                      .map(stage -> "stage " + stage.word() + " is not the next one")
                      .orElse("no stage is the next one")),
          Answers.next(rollout));
    }
    RowSamples.take(shift);
    Evidence evidence = site.gate().measure(shift.connection(), rollout, next.get());
    return new Outcome.Measured(
        evidence, new EvidenceStore().show(shift.connection(), rollout, evidence));
  }
}
