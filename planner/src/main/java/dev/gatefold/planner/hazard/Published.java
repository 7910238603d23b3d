package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.replacement.TableReplacement;
import dev.gatefold.planner.schema.Table.Trait;
import java.util.List;

/** Logical replication carries rows, not columns: a subscriber without the column stops. */
final class Published implements HazardCheck {

  @Override
  public List<Hazard> in(TableReplacement replacement) {
    return replacement.table().traits().contains(Trait.PUBLISHED)
        ? List.of(
            new Hazard(
                "published",
                Severity.DANGER,
                replacement.table().name().toString(),
                "a publication sends this table: a subscriber that lacks the new column stops, and"
                    + " the backfill sends every row once more",
                "Add the column on each subscriber before expand; drop the old one there last."))
        : List.of();
  }
}
