package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.replacement.TableReplacement;
import java.util.List;
import java.util.stream.Stream;

/** A replication slot that nobody reads keeps the log until the disk is full. */
final class LogKept implements HazardCheck {

  private static final Danger DANGER = Danger.of("log-kept", Severity.WARNING);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return Stream.concat(
            scene.replacements().stream()
                .filter(TableReplacement::fed)
                .map(replacement -> replacement.table().name()),
            scene.copied().map(RowMapping::table))
        .map(
            table ->
                DANGER.at(
                    Weight.UNKNOWN,
                    table,
                    "from expand to drop a replication slot keeps all log of the server that was"
                        + " not read yet, also while nobody reads it",
                    "Let gatefold work run all that time, and set max_slot_wal_keep_size: the"
                        + " server then gives the slot up rather than fill its disk."))
        .toList();
  }
}
