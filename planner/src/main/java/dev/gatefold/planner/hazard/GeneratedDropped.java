package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.regex.Pattern;

/** Before PostgreSQL 15 a generated column goes with the column that it reads, unasked. */
final class GeneratedDropped implements HazardCheck {

  private static final Danger DANGER = Danger.of("generated-dropped", Severity.DANGER);

  private static final int FIRST_THAT_REFUSES = 15;

  private static final Pattern DROP = Pattern.compile("^ALTER TABLE DROP COLUMN ");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene.schema().server().version() >= FIRST_THAT_REFUSES
        ? List.of()
        : scene
            .unproven(DROP)
            .filter(action -> scene.table(action).filter(GeneratedDropped::generates).isPresent())
            .map(
                action ->
                    DANGER.at(
                        scene.weight(action),
                        action.columnObject(),
                        "the table has generated columns: one that reads this column is dropped"
                            + " with it, without a word, by servers before PostgreSQL 15",
                        "Look at what the generated columns read, or take drop_column."))
            .toList();
  }

  private static boolean generates(Table table) {
    return table.columns().stream().anyMatch(Column::generated);
  }
}
