package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.DropConstraint;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.Missing;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Index;
import java.util.List;
import java.util.Optional;

/**
 * {@code drop_constraint}: at once in {@code expand}, so that the new applications find a table
 * that takes what they write. Taken back, it comes again as {@code add_constraint} does; rows
 * written meanwhile that it would refuse keep it from coming, and are named.
 */
final class DropConstraintPlanner {

  private final Site site;

  DropConstraintPlanner(Site site) {
    this.site = site;
  }

  Planned plan(DropConstraint operation) {
    return site.onTable(operation.table(), work -> plan(work, operation));
  }

  private Planned plan(TableWork work, DropConstraint operation) {
    Optional<Constraint> constraint = work.table().constraint(operation.constraint());
    return constraint.isEmpty()
        ? Missing.constraint(operation.table(), operation.constraint())
        : plan(work, constraint.get());
  }

  private Planned plan(TableWork work, Constraint constraint) {
    return switch (constraint.kind()) {
      case CHECK -> staged(work, constraint, List.of(check(work, constraint)));
      case FOREIGN_KEY -> foreignKey(work, constraint);
      case UNIQUE, PRIMARY_KEY -> unique(work, constraint);
      case EXCLUSION -> exclusion(work, constraint);
      case NOT_NULL ->
          Refused.because(
              "not-null-constraint",
              work.label(constraint.name()),
              "it is the NOT NULL of a column",
              "Use alter_column with \"nullable: true\".");
      case INCOMING_FOREIGN_KEY, OTHER ->
          Refused.because(
              "unknown-constraint",
              work.label(constraint.name()),
              "this kind of constraint cannot be dropped here",
              "Use a raw sql operation.");
    };
  }

  private static Step check(TableWork work, Constraint constraint) {
    return work.brief(
        id(work, constraint),
        "drop check",
        List.of(work.dialect().dropConstraint(work.name(), constraint.name())),
        new Undo.Steps(
            new NotValidConstraint(work, constraint.name())
                .check(
                    "expand.drop-constraint",
                    ".undo",
                    constraint.definition(),
                    constraint.comment(),
                    constraint.validated())));
  }

  private Planned foreignKey(TableWork work, Constraint constraint) {
    if (work.partitioned()) {
      return Refused.because(
          "partitioned-foreign-key",
          work.label(constraint.name()),
          "the foreign key of a partitioned table cannot be given back without a scan under a lock",
          "Use a raw sql operation, which has an undo of your own.");
    }
    TableName referenced = constraint.referenced().orElse(work.name());
    NotValidConstraint again = new NotValidConstraint(work, constraint.name());
    return staged(
        work,
        constraint,
        List.of(
            work.brief(
                id(work, constraint),
                "drop foreign key",
                LockMode.ACCESS_EXCLUSIVE,
                again.tables(referenced),
                List.of(work.dialect().dropConstraint(work.name(), constraint.name())),
                List.of(),
                new Undo.Steps(
                    again.foreignKey(
                        "expand.drop-constraint",
                        ".undo",
                        new ForeignKeyParts(
                            referenced,
                            constraint.definition(),
                            constraint.comment(),
                            Optional.empty()),
                        constraint.validated())))));
  }

  private Planned unique(TableWork work, Constraint constraint) {
    List<String> referring =
        work.table().incoming().stream()
            .filter(key -> key.columns().equals(constraint.columns()))
            .map(key -> key.child() + "." + key.name())
            .toList();
    if (!referring.isEmpty()) {
      return Refused.because(
          "referred-to",
          work.label(constraint.name()),
          "foreign keys lean on it: " + String.join(", ", referring),
          "Drop those in a change before.");
    }
    if (work.partitioned()) {
      return last(
          work,
          constraint,
          LastOfAll.drop(
              "drop.constraint." + work.label(constraint.name()),
              work,
              "drop unique constraint",
              work.dialect().dropConstraint(work.name(), constraint.name())));
    }
    Index index =
        work.table()
            .index(constraint.name())
            .orElseThrow(
                () -> new IllegalStateException("constraint without index " + constraint.name()));
    return staged(
        work,
        constraint,
        List.of(
            work.brief(
                id(work, constraint),
                "drop unique constraint",
                List.of(work.dialect().dropConstraint(work.name(), constraint.name())),
                new Undo.Steps(
                    new IndexBuild(work)
                        .steps(id(work, constraint), ".undo", again(constraint, index))))));
  }

  private static IndexBuild.Wanted again(Constraint constraint, Index index) {
    return new IndexBuild.Wanted(
        constraint.name(),
        true,
        index.definition(),
        Optional.of(
            new IndexBuild.Constraint(
                index.primary(), List.of(), constraint.deferral(), constraint.definition())),
        Optional.of(index),
        constraint.comment(),
        Optional.empty());
  }

  /** There is no way back beside traffic: so it is the last thing that happens. */
  private Planned exclusion(TableWork work, Constraint constraint) {
    return last(
        work,
        constraint,
        work.brief(
            "drop.constraint." + work.label(constraint.name()),
            "drop exclusion constraint",
            List.of(work.dialect().dropConstraint(work.name(), constraint.name())),
            new Undo.PointOfNoReturn(
                "PostgreSQL builds an exclusion constraint only under a lock that stops"
                    + " everybody")));
  }

  private static Planned last(TableWork work, Constraint constraint, Step step) {
    return new Staging()
        .claim(work.claim(constraint.name()))
        .reads(work.name(), work.table().names(constraint.columns()))
        .in(StageName.DROP, step)
        .deploy(
            "before drop: a version that no longer counts on %s"
                .formatted(work.label(constraint.name())))
        .planned();
  }

  private Planned staged(TableWork work, Constraint constraint, List<Step> steps) {
    Staging staging =
        new Staging()
            .claim(work.claim(constraint.name()))
            .reads(work.name(), work.table().names(constraint.columns()))
            .in(StageName.EXPAND, steps);
    return staging
        .deploy(
            "before expand: a version that no longer counts on %s"
                .formatted(work.label(constraint.name())))
        .planned();
  }

  private static String id(TableWork work, Constraint constraint) {
    return "expand.drop-constraint." + work.label(constraint.name());
  }
}
