package dev.gatefold.executor.engine;

import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Step.BriefDdl;
import dev.gatefold.planner.plan.Sync;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;

/** What the steps done so far made of the sync of a table. */
public final class SyncSteps {

  private final Set<String> done;

  private SyncSteps(Set<String> done) {
    this.done = done;
  }

  public static SyncSteps of(Shift shift) throws SQLException {
    return new SyncSteps(shift.stores().steps().done(shift.connection(), shift.id()));
  }

  /** What a stage made of it and an undo has not made anew since, in the order of the steps. */
  public Stream<Sync> inForce(Stage stage, long table) {
    return stage.steps().stream()
        .filter(step -> done.contains(step.id()) && !isUndone(step, table))
        .flatMap(step -> sync(step, table));
  }

  /** Of an undo of several steps only that one counts which makes the sync anew. */
  private boolean isUndone(Step step, long table) {
    return step.undo().steps().stream()
        .anyMatch(undo -> done.contains(undo.id()) && sync(undo, table).findAny().isPresent());
  }

  private static Stream<Sync> sync(Step step, long table) {
    return step instanceof BriefDdl brief
        ? brief.syncs().stream().filter(sync -> sync.oid() == table)
        : Stream.empty();
  }
}
