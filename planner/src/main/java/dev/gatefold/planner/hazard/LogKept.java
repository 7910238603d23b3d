package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.replacement.TableReplacement;
import java.util.List;

/** A replication slot that nobody reads keeps the log until the disk is full. */
final class LogKept implements ReplacementCheck {

  private static final Danger DANGER = Danger.of("log-kept", Severity.WARNING);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(TableReplacement replacement) {
    return replacement.fed()
        ? List.of(
            DANGER.at(
                Weight.UNKNOWN,
                replacement.table().name(),
                "from expand to drop a replication slot keeps all log of the server that was not"
                    + " read yet, also while nobody reads it",
                "Let gatefold work run all that time, and set max_slot_wal_keep_size: the server"
                    + " then gives the slot up rather than fill its disk."))
        : List.of();
  }
}
