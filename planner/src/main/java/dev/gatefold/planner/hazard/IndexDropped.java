package dev.gatefold.planner.hazard;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.regex.Pattern;

/** Queries that went along an index read the table instead. */
final class IndexDropped implements HazardCheck {

  private static final Danger DANGER = Danger.byTraffic("index-dropped", Severity.WARNING);

  private static final Pattern DROP =
      Pattern.compile(
          "^DROP INDEX (?:CONCURRENTLY )?(?:" + Action.NAME + " \\. )?(" + Action.NAME + ")");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene
        .actions(DROP)
        .flatMap(
            action ->
                action
                    .group(DROP)
                    .flatMap(Statements::identifier)
                    .flatMap(
                        name ->
                            scene.schema().tables().stream()
                                .filter(table -> has(table, name))
                                .findFirst()
                                .map(table -> hazard(table, name)))
                    .stream())
        .distinct()
        .toList();
  }

  private static boolean has(Table table, Identifier name) {
    return table.indexes().stream().anyMatch(index -> index.name().equals(name));
  }

  private static Hazard hazard(Table table, Identifier name) {
    return DANGER.at(
        Weight.of(table),
        table.name() + "." + name,
        "queries that went along the index read more from then on, maybe the whole table",
        "Look at idx_scan in pg_stat_user_indexes, on each standby too, before.");
  }
}
