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
import java.util.Set;
import java.util.stream.Stream;

/** The step that makes a table's sync anew as it was made last, whatever became of it since. */
final class SyncRepair {

  private final Shift shift;

  SyncRepair(Shift shift) {
    this.shift = shift;
  }

  Optional<Step> step(Made made) throws SQLException {
    Set<String> done = shift.stores().steps().done(shift.connection(), shift.id());
    return shift.rollout().plan().stages().stream()
        .flatMap(stage -> stage.steps().stream())
        .filter(step -> isInForce(step, done))
        .flatMap(SyncRepair::sync)
        .filter(sync -> sync.oid() == made.table())
        .filter(sync -> sync.mode().equals(Optional.of(made.mode())))
        .reduce((earlier, later) -> later)
        .map(SyncRepair::again);
  }

  /** Done, and that part of its undo not which makes the sync anew. */
  private static boolean isInForce(Step step, Set<String> done) {
    return done.contains(step.id())
        && step.undo().steps().stream()
            .filter(undo -> sync(undo).findAny().isPresent())
            .noneMatch(undo -> done.contains(undo.id()));
  }

  private static Stream<Sync> sync(Step step) {
    return step instanceof BriefDdl brief ? brief.sync().stream() : Stream.empty();
  }

  private static Step again(Sync sync) {
    return new BriefDdl(
        "sync.repair." + sync.table(),
        "make sync anew",
        sync.sql(),
        LockMode.SHARE_ROW_EXCLUSIVE,
        List.of(sync.table()),
        List.of(),
        Optional.of(sync),
        new Undo.Nothing());
  }
}
