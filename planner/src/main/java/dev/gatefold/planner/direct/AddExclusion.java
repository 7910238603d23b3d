package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.Way;
import dev.gatefold.planner.draft.Printed;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Undo;
import java.util.List;

/**
 * A new exclusion constraint. The server builds its index under a lock that stops everybody, and
 * offers no other way (ALTER TABLE has USING INDEX for unique constraints only): so only on a table
 * without rows, which is looked at under the lock.
 */
final class AddExclusion {

  private final Site site;
  private final TableWork work;
  private final Identifier name;

  AddExclusion(Site site, TableWork work, Identifier name) {
    this.site = site;
    this.work = work;
    this.name = name;
  }

  Planned planned(Printed printed) {
    if (work.table().rows() > 0 && site.whole().way() == Way.STAGES) {
      return Refused.because(
          "exclusion-needs-lock",
          work.label(name),
          "PostgreSQL builds an exclusion constraint only under a lock that stops reads and writes,"
              + " for as long as the table is big",
          "Add it while the table is empty; where it is small and nobody uses it in a way that"
              + " breaks, with \"straight: when_small\"; else in a maintenance window by hand, or with"
              + " a raw sql operation that declares its lock.");
    }
    return new Staging()
        .claim(work.claim(name))
        .reads(work.name(), printed.columns())
        .in(
            StageName.EXPAND,
            work.brief(
                "expand.constraint." + work.label(name),
                "add exclusion constraint",
                List.of(work.dialect().addConstraint(work.name(), name, printed.definition())),
                List.of(
                    new Check(
                        "SELECT NOT EXISTS (SELECT FROM " + work.name().quoted() + ")",
                        "table %s has rows by now: the constraint would be built under a lock that stops everybody"
                            .formatted(work.name()))),
                Undo.by(
                    work.brief(
                        "expand.constraint." + work.label(name) + ".undo",
                        "drop constraint",
                        List.of(work.dialect().dropConstraint(work.name(), name)),
                        new Undo.Nothing()))))
        .planned();
  }
}
