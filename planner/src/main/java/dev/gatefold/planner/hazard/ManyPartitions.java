package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.schema.Table;
import java.util.List;

/** A lock on a partitioned table is one on each partition and each of its indexes. */
final class ManyPartitions implements HazardCheck {

  private static final Danger DANGER = Danger.of("many-partitions", Severity.WARNING);

  static final int MANY = 100;

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene.stages().stream()
        .flatMap(stage -> stage.steps().stream())
        .filter(step -> step.lock().blocksWrites())
        .flatMap(step -> step.tables().stream())
        .distinct()
        .flatMap(name -> scene.table(name).stream())
        .filter(table -> table.partitioning().partitions().size() >= MANY)
        .map(ManyPartitions::hazard)
        .toList();
  }

  private static Hazard hazard(Table table) {
    return DANGER.at(
        Weight.of(table),
        table.name(),
        "the table has %d partitions: one transaction locks all of them and their indexes, and the"
                .formatted(table.partitioning().partitions().size())
            + " server's lock table may be full (53200)",
        "Look at max_locks_per_transaction: it times max_connections should exceed partitions and"
            + " indexes by far.");
  }
}
