package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.replacement.OldColumn;
import dev.gatefold.planner.replacement.TableReplacement;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Column.Volatility;
import java.util.List;

/**
 * A default like {@code nextval} fills the old column of every INSERT that leaves it out, so that
 * an INSERT of the new one cannot be told from one of both.
 */
final class VolatileDefault implements ReplacementCheck {

  private static final Danger DANGER = Danger.of("volatile-default", Severity.DANGER);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(TableReplacement replacement) {
    return replacement.olds().stream()
        .filter(column -> fillsItself(column.column()))
        .map(column -> hazard(replacement, column))
        .toList();
  }

  private static boolean fillsItself(Column column) {
    return column.identity().isPresent()
        || column
            .defaultValue()
            .filter(value -> value.volatility() == Volatility.VOLATILE)
            .isPresent();
  }

  private static Hazard hazard(TableReplacement replacement, OldColumn column) {
    String old = replacement.table().name() + "." + column.name();
    return DANGER.at(
        Weight.of(replacement.table()),
        old,
        "the database fills "
            + old
            + " with another value at each INSERT: until retire, an INSERT that sets the new"
            + " column to a value of its own is refused (GF003)",
        "Until retire, let INSERTs leave both columns out, or set both alike.");
  }
}
