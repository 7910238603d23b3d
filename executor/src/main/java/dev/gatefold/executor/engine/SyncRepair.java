package dev.gatefold.executor.engine;

import dev.gatefold.executor.store.SyncStore.Made;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Step.BriefDdl;
import dev.gatefold.planner.plan.Sync;
import dev.gatefold.planner.plan.Undo;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The step that makes a table's sync anew as it was made last, whatever became of it since. */
final class SyncRepair {

  private final Shift shift;

  SyncRepair(Shift shift) {
    this.shift = shift;
  }

  Optional<Step> step(Made made) throws SQLException {
    SyncSteps steps = SyncSteps.of(shift);
    return shift.rollout().plan().stages().stream()
        .flatMap(stage -> steps.inForce(stage, made.table()))
        .filter(sync -> sync.mode().equals(Optional.of(made.mode())))
        .reduce((earlier, later) -> later)
        .map(SyncRepair::again);
  }

  private static Step again(Sync sync) {
    return new BriefDdl(
        "sync.repair." + sync.table(),
        "make sync anew",
        sync.sql(),
        LockMode.SHARE_ROW_EXCLUSIVE,
        List.of(sync.table()),
        List.of(),
        Optional.of(sync.withoutRecorder()),
        new Undo.Nothing());
  }
}
