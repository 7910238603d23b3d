package dev.gatefold.executor;

import dev.gatefold.executor.engine.Shift;
import dev.gatefold.executor.engine.SyncSteps;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.store.SyncStore.Made;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Step.VerifyRows;
import dev.gatefold.planner.plan.SyncMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** For each table the pass that sees its columns under the names of now. */
final class RowPasses {

  private RowPasses() {}

  /** Those of tables whose new columns are filled; none while nothing is to be compared. */
  static List<VerifyRows> now(Shift shift) throws SQLException {
    if (!isComparable(shift.rollout().state())) {
      return List.of();
    }
    List<VerifyRows> passes = new ArrayList<>(bothWays(shift));
    for (Made made : shift.stores().syncs().list(shift.connection(), shift.rollout().id())) {
      if (made.mode() == SyncMode.STRICT) {
        of(shift, StageName.BACKFILL, made).forEach(passes::add);
      }
    }
    return passes;
  }

  /** Those of tables that are in step both ways. */
  static List<VerifyRows> bothWays(Shift shift) throws SQLException {
    List<VerifyRows> passes = new ArrayList<>();
    SyncSteps sync = SyncSteps.of(shift);
    for (Made made : shift.stores().syncs().list(shift.connection(), shift.rollout().id())) {
      if (made.mode() == SyncMode.BOTH) {
        StageName stage = isSwapped(shift, made, sync) ? StageName.DROP : StageName.RETIRE;
        of(shift, stage, made).forEach(passes::add);
      }
    }
    return passes;
  }

  private static boolean isComparable(RolloutState state) {
    return switch (state) {
      case BACKFILLING, BACKFILLED, RETIRING, RETIRED, DROPPING -> true;
      case PLANNED, EXPANDING, EXPANDED, COMPLETED, ROLLING_BACK, ROLLED_BACK -> false;
    };
  }

  private static boolean isSwapped(Shift shift, Made made, SyncSteps sync) {
    return shift.rollout().plan().stage(StageName.RETIRE).stream()
        .flatMap(stage -> sync.inForce(stage, made.table()))
        .findAny()
        .isPresent();
  }

  private static Stream<VerifyRows> of(Shift shift, StageName stage, Made made) {
    return shift.rollout().plan().stage(stage).stream()
        .flatMap(planned -> planned.steps().stream())
        .flatMap(step -> verification(step).stream())
        .filter(pass -> pass.rows().oid() == made.table());
  }

  private static Optional<VerifyRows> verification(Step step) {
    return step instanceof VerifyRows rows ? Optional.of(rows) : Optional.empty();
  }
}
