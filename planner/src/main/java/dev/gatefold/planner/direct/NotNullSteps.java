package dev.gatefold.planner.direct;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import java.util.List;
import java.util.Optional;

/**
 * NOT NULL without a scan under a lock: a check that is validated beside traffic proves it, and
 * goes again.
 */
final class NotNullSteps {

  private final TableWork work;
  private final Identifier column;

  NotNullSteps(TableWork work, Identifier column) {
    this.work = work;
    this.column = column;
  }

  /** Each step can be taken back. */
  List<Step> set(String stage) {
    String id = stage + ".not-null." + work.label(column);
    Identifier check = work.names().building("not null", column);
    NotValidConstraint proof = new NotValidConstraint(work, check);
    return List.of(
        work.brief(
            id,
            "add check not valid",
            List.of(
                work.dialect()
                    .addNotValid(work.name(), check, work.dialect().notNullCheck(column))),
            Undo.by(drop(id + ".undo", check))),
        proof.validate(
            id, "", Optional.of(work.dialect().violations().ofNotNull(proof.rows(), column))),
        work.brief(
            id + ".set",
            "set not null",
            List.of(
                work.dialect().setNotNull(work.name(), column),
                work.dialect().dropConstraint(work.name(), check)),
            Undo.by(
                work.brief(
                    id + ".set.undo",
                    "drop not null",
                    // The check comes back without a look at the rows, for the undo before this one
                    // to drop.
                    List.of(
                        work.dialect().dropNotNull(work.name(), column),
                        work.dialect()
                            .addNotValid(work.name(), check, work.dialect().notNullCheck(column))),
                    new Undo.Nothing()))));
  }

  private Step drop(String id, Identifier check) {
    return work.brief(
        id,
        "drop check",
        List.of(work.dialect().dropConstraint(work.name(), check)),
        new Undo.Nothing());
  }
}
