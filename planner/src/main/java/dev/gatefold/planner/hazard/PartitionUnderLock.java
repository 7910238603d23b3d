package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** Partitions that come or go under a lock on the table above them. */
final class PartitionUnderLock implements HazardCheck {

  private static final Danger DANGER = Danger.byTraffic("partition-under-lock", Severity.WARNING);

  private static final Pattern PATTERN =
      Pattern.compile(
          "^CREATE (?:UNLOGGED )?TABLE .* PARTITION OF "
              + "|^ALTER TABLE ATTACH PARTITION\\b"
              + "|^ALTER TABLE DETACH PARTITION (?!.*\\b(?:CONCURRENTLY|FINALIZE)\\b)");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene
        .unproven(PATTERN)
        .map(
            action ->
                DANGER.at(
                    scene.weight(action),
                    action.object(),
                    "the statement locks the partitioned table, or the partition, against reads and writes, and reads the partition where no check proves its bounds",
                    "Make the table by itself with a CHECK that proves its bounds, then attach it; detach CONCURRENTLY."))
        .distinct()
        .toList();
  }
}
