package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.Retire;
import dev.gatefold.planner.draft.Standing;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Why a table or view cannot go: nothing is ever dropped along with it. */
final class LeavingChecks {

  private LeavingChecks() {}

  static List<Reason> reasons(Site site, Table relation, Standing standing) {
    String name = relation.name().toString();
    List<Reason> reasons = new ArrayList<>();
    if (!standing.dependents().isEmpty()) {
      reasons.add(
          new Reason(
              "depended-on",
              name,
              "this leans on it: " + String.join(", ", standing.dependents()),
              "Drop that, or let it use something else, in a change before."));
    }
    if (!standing.publications().isEmpty()) {
      reasons.add(
          new Reason(
              "published",
              name,
              "publications name it: "
                  + standing.publications().stream()
                      .map(Identifier::toString)
                      .collect(Collectors.joining(", ")),
              "Run ALTER PUBLICATION ... DROP TABLE, and let the subscribers refresh, before."));
    }
    if (site.retire() == Retire.REVOKE) {
      reasons.add(
          new Reason(
              "revoke-whole",
              name,
              "\"retire: revoke\" takes rights on columns away, not those on a whole table or view",
              "Leave out \"retire\": a rename stops everybody, and is taken back at once as well."));
    }
    return reasons;
  }
}
