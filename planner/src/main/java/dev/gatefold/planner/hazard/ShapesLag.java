package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.replacement.ColumnReplacement;
import dev.gatefold.planner.replacement.TableReplacement;
import java.util.List;
import java.util.stream.Stream;

/** A change feed goes one way at a time, and comes a moment later. */
final class ShapesLag implements ReplacementCheck {

  private static final Danger DANGER = Danger.of("shapes-lag", Severity.WARNING);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(TableReplacement replacement) {
    return replacement.fed()
        ? replacement.columns().stream().flatMap(column -> of(replacement, column)).toList()
        : List.of();
  }

  private static Stream<Hazard> of(TableReplacement replacement, ColumnReplacement column) {
    Hazard lags =
        hazard(
            replacement,
            column,
            "until retire only the old column is written, and from then on only the new one; the"
                + " other follows a moment later, and may be NULL, whatever NOT NULL and checks say",
            "Deploy versions that change over with retire.");
    return column.giveUpRollback()
        ? Stream.of(lags)
        : Stream.of(
            lags,
            hazard(
                replacement,
                column,
                "a write after retire that the old column cannot hold is not refused, for nothing"
                    + " asks before it is done: it keeps drop and rollback closed, with its key",
                "Mend such rows, or give up the rollback: on_down_failure: give_up_rollback."));
  }

  private static Hazard hazard(
      TableReplacement replacement, ColumnReplacement column, String message, String cure) {
    return DANGER.at(
        Weight.of(replacement.table()),
        replacement.table().name() + "." + column.old().name(),
        message,
        cure);
  }
}
