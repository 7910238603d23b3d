package dev.gatefold.executor.engine;

import dev.gatefold.executor.store.SyncStore.Made;
import dev.gatefold.executor.store.SyncStore.Standing;
import dev.gatefold.planner.plan.Feed;
import dev.gatefold.planner.plan.Step.BriefDdl;
import dev.gatefold.planner.plan.Sync;
import dev.gatefold.planner.plan.SyncMode;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Looks, under a step's lock, whether the sync that the step builds upon saw every write. A step
 * makes the sync anew: what was wrong with it before would show nowhere afterwards but in the rows.
 */
final class SyncGuard {

  private final Shift shift;

  SyncGuard(Shift shift) {
    this.shift = shift;
  }

  /** Why the step must not run; empty where it may. */
  Optional<StepResult> objection(BriefDdl step) throws SQLException {
    for (Sync sync : step.syncs()) {
      Optional<StepResult> objection = objection(step, sync);
      if (objection.isPresent()) {
        return objection;
      }
    }
    return Optional.empty();
  }

  private Optional<StepResult> objection(BriefDdl step, Sync sync) throws SQLException {
    Optional<Made> made = shift.stores().syncs().find(shift.connection(), shift.id(), sync.oid());
    if (made.isEmpty() || !reliesOn(made.get(), step, sync)) {
      return Optional.empty();
    }
    return switch (shift.stores().syncs().standing(shift.connection(), shift.id(), made.get())) {
      case INTACT -> Optional.empty();
      case TOUCHED -> isTrusted(made.get()) ? Optional.empty() : Optional.of(touched(sync));
      case CHANGED -> Optional.of(changed(sync));
    };
  }

  /**
   * Forwards always; backwards only where the new shape may hold what the old one must not miss.
   */
  private static boolean reliesOn(Made made, BriefDdl step, Sync sync) {
    List<String> again = sync.feed().map(Feed::publish).orElse(sync.sql());
    boolean repairs = sync.mode().equals(Optional.of(made.mode())) && step.sql().equals(again);
    boolean forwards = sync.mode().filter(mode -> mode.compareTo(made.mode()) > 0).isPresent();
    return !repairs && (forwards || made.mode() == SyncMode.BOTH);
  }

  /** One way a later verification in the same stage finds what was missed. */
  private boolean isTrusted(Made made) throws SQLException {
    return made.mode() != SyncMode.BOTH || isVerified(shift, made);
  }

  /** Whether all rows were compared, and none differed, since somebody last touched the sync. */
  static boolean isVerified(Shift shift, Made made) throws SQLException {
    String stamp = shift.stores().syncs().stamp(shift.connection(), made);
    return shift
        .stores()
        .verifications()
        .last(shift.connection(), shift.id(), made.table())
        .filter(pass -> pass.mismatches() == 0 && pass.stamp().equals(stamp))
        .isPresent();
  }

  /** Whether what the sync missed, if anything, would go unnoticed. */
  static boolean isSuspicious(Shift shift, Made made) throws SQLException {
    Standing standing = shift.stores().syncs().standing(shift.connection(), shift.id(), made);
    return standing == Standing.CHANGED
        || shift.stores().syncs().hasMissed(shift.connection(), shift.id(), made.table())
        || (standing == Standing.TOUCHED && !isVerified(shift, made));
  }

  private static StepResult touched(Sync sync) {
    return StepResult.Failed.because(
        "the sync of %s was changed and put back since its rows were compared"
            .formatted(sync.table()),
        "They are compared again.");
  }

  private static StepResult changed(Sync sync) {
    if (sync.feed().isPresent()) {
      return StepResult.Failed.because(
          "the publication of %s was dropped or changed".formatted(sync.table()),
          "Roll back: it is made anew, and the rows compared, before anything is undone.");
    }
    return StepResult.Failed.because(
        "the triggers of the sync of %s were dropped, disabled or changed".formatted(sync.table()),
        "Enable them as they were (ALTER TABLE ... ENABLE ALWAYS TRIGGER), or roll back.");
  }
}
