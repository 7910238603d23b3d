package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.replacement.ColumnGroup;
import dev.gatefold.planner.replacement.SharedGrants;
import dev.gatefold.planner.replacement.TableReplacement;
import dev.gatefold.planner.schema.Column.Grant;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A right on one of several columns that become one: on that one it would show the others. */
final class RightNotCarried implements ReplacementCheck {

  private static final Danger DANGER = Danger.of("right-not-carried", Severity.WARNING);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(TableReplacement replacement) {
    return replacement.table().family().stream()
        .flatMap(table -> replacement.groups().stream().flatMap(group -> in(table, group)))
        .toList();
  }

  private static Stream<Hazard> in(Table table, ColumnGroup group) {
    List<Grant> lost = SharedGrants.of(table, group).lost();
    String rights =
        lost.stream()
            .map(grant -> grant.privilege() + " for " + grant.grantee())
            .distinct()
            .collect(Collectors.joining(", "));
    return lost.isEmpty()
        ? Stream.empty()
        : Stream.of(
            DANGER.at(
                Weight.of(table),
                table.name() + "." + group.oldNames(),
                "%s was granted on some of these columns only: it does not come over to %s"
                    .formatted(rights, group.newNames()),
                "Grant it on the new columns once expand has made them, if it is meant."));
  }
}
