package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.replacement.TableReplacement;
import java.util.List;

/** Some roles need no grant, so none can be taken away from them. */
final class OwnerNotDenied implements ReplacementCheck {

  private static final Danger DANGER = Danger.of("owner-not-denied", Severity.WARNING);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(TableReplacement replacement) {
    return replacement.denies()
        ? List.of(
            DANGER.at(
                Weight.of(replacement.table()),
                replacement.table().name().toString(),
                "retire takes rights away, but never from the owner %s, the members of that role, superusers and members of pg_read_all_data or pg_write_all_data: they go on using the old column and meet no error before drop"
                    .formatted(replacement.table().rights().owner()),
                "Let applications connect as roles that were granted their rights; else leave out"
                    + " \"retire\"."))
        : List.of();
  }
}
