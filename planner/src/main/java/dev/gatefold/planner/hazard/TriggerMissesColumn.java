package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.replacement.ColumnReplacement;
import dev.gatefold.planner.replacement.TableReplacement;
import dev.gatefold.planner.schema.Follower;
import dev.gatefold.planner.schema.Follower.Kind;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.Trigger;
import java.util.List;

/**
 * {@code UPDATE OF} looks at what the statement names, and the WHEN of a BEFORE trigger at the row
 * as it is before the sync: while both columns live, neither sees a write to the new one.
 */
final class TriggerMissesColumn implements ReplacementCheck {

  private static final Danger DANGER = Danger.of("trigger-misses-column", Severity.DANGER);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(TableReplacement replacement) {
    return replacement.columns().stream()
        .flatMap(
            column ->
                replacement.table().triggers().stream()
                    .filter(trigger -> misses(replacement.table(), trigger, column))
                    .map(trigger -> hazard(replacement, column, trigger)))
        .toList();
  }

  private static boolean misses(Table table, Trigger trigger, ColumnReplacement column) {
    int attnum = column.old().attnum();
    return trigger.updateOf().contains(column.old().name())
        || (trigger.beforeRow()
            && table.followers().stream()
                .anyMatch(follower -> isTrigger(follower, trigger, attnum)));
  }

  private static boolean isTrigger(Follower follower, Trigger trigger, int attnum) {
    return follower.kind() == Kind.TRIGGER
        && follower.name().equals(trigger.name())
        && follower.columns().contains(attnum);
  }

  private static Hazard hazard(
      TableReplacement replacement, ColumnReplacement column, Trigger trigger) {
    return DANGER.at(
        Weight.of(replacement.table()),
        replacement.table().name() + "." + trigger.name(),
        "the trigger %s fires by the column %s: until retire it does not fire for an UPDATE that sets only the new column"
            .formatted(trigger.name(), column.old().name()),
        "Until retire, let new applications set both columns, or have the trigger watch both.");
  }
}
