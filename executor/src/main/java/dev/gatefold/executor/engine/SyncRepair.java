package dev.gatefold.executor.engine;

import dev.gatefold.executor.store.SyncStore.Made;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.Feed;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Step.BriefDdl;
import dev.gatefold.planner.plan.Step.OnlineDdl;
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

  /** Of a feed everything anew; what was written meanwhile is found by comparing all rows. */
  List<Step> steps(Made made) throws SQLException {
    SyncSteps steps = SyncSteps.of(shift);
    return shift.rollout().plan().stages().stream()
        .flatMap(stage -> steps.inForce(stage, made.table()))
        .filter(sync -> sync.mode().equals(Optional.of(made.mode())))
        .reduce((earlier, later) -> later)
        .map(SyncRepair::again)
        .orElse(List.of());
  }

  private static List<Step> again(Sync sync) {
    Step made = made(sync);
    return sync.feed().isEmpty()
        ? List.of(made)
        : List.of(made, slot(sync, sync.feed().orElseThrow()));
  }

  private static Step slot(Sync sync, Feed feed) {
    return new OnlineDdl(
        "feed.repair." + sync.table(),
        "make replication slot anew",
        feed.makeSlot(),
        LockMode.ACCESS_SHARE,
        List.of(),
        List.of(),
        new Check("SELECT false", ""),
        List.of(),
        new Undo.Nothing());
  }

  private static Step made(Sync sync) {
    return new BriefDdl(
        "sync.repair." + sync.table(),
        "make sync anew",
        sync.feed().map(Feed::publish).orElse(sync.sql()),
        LockMode.SHARE_ROW_EXCLUSIVE,
        List.of(sync.table()),
        List.of(),
        Optional.of(sync.asItIs()),
        new Undo.Nothing());
  }
}
