package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.replacement.TableReplacement;
import java.util.List;

/** Every check, in the order in which people meet the dangers. */
public final class Hazards {

  private static final List<HazardCheck> CHECKS =
      List.of(
          new SelectStarPrepared(),
          new ColumnlessInsert(),
          new Published(),
          new VolatileDefault(),
          new UniqueOnBoth(),
          new TriggerNamesColumn(),
          new TriggerMissesColumn(),
          new WholeRow(),
          new CachedPlan(),
          new OwnerNotDenied(),
          new WholeTableDenied(),
          new DropIsFinal());

  private Hazards() {}

  public static List<Hazard> of(List<TableReplacement> replacements) {
    return replacements.stream()
        .flatMap(replacement -> CHECKS.stream().flatMap(check -> check.in(replacement).stream()))
        .toList();
  }
}
