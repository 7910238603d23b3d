package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** A statement of a user's own that writes the whole table anew while nobody can use it. */
final class RewriteUnderLock implements HazardCheck {

  private static final Danger DANGER = Danger.bySize("rewrite-under-lock", Severity.DANGER);

  private static final Pattern PATTERN =
      Pattern.compile(
          "^ALTER TABLE ADD COLUMN .*\\b(?:SMALL|BIG)?SERIAL[248]?\\b"
              + "|^ALTER TABLE ADD COLUMN .* GENERATED .*(?:STORED|IDENTITY)"
              + "|^ALTER TABLE ADD COLUMN .* DEFAULT .*\\b(?:RANDOM|CLOCK_TIMESTAMP|TIMEOFDAY|NEXTVAL|GEN_RANDOM_UUID|UUID\\w+) \\("
              + "|^ALTER TABLE ALTER COLUMN "
              + Action.NAME
              + " (?:SET DATA )?TYPE "
              + "|^ALTER TABLE ALTER COLUMN "
              + Action.NAME
              + " SET EXPRESSION "
              + "|^ALTER TABLE SET (?:LOGGED|UNLOGGED|ACCESS METHOD|TABLESPACE)\\b"
              + "|^VACUUM (?:\\( )?.*\\bFULL\\b"
              + "|^CLUSTER\\b"
              + "|^REFRESH MATERIALIZED VIEW (?!CONCURRENTLY)");

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
                    "the statement may write the whole table and its indexes anew under ACCESS EXCLUSIVE: nobody reads or writes it until that is done, and snapshots that are older see an empty table",
                    "Take the operation that does it beside traffic: alter_column, or add_column with its default."))
        .distinct()
        .toList();
  }
}
