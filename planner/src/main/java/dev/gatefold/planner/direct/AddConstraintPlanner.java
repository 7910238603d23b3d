package dev.gatefold.planner.direct;

import dev.gatefold.planner.draft.ConstraintBody;
import dev.gatefold.planner.draft.ConstraintDraft;
import dev.gatefold.planner.draft.Printed;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.Plan.Claim;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.Optional;

/**
 * {@code add_constraint}: at once in {@code expand}, never with a scan under a lock that writes
 * wait for.
 *
 * <p>A check or foreign key comes NOT VALID and is validated beside traffic; a unique constraint or
 * primary key comes on an index that was built beside traffic. Rows that stand in the way stop the
 * stage and are named; no row is changed. Rows written meanwhile obey the constraint already.
 */
final class AddConstraintPlanner {

  private final Site site;
  private final StageName stage;

  AddConstraintPlanner(Site site) {
    this(site, StageName.EXPAND);
  }

  /** In another stage, where rows have to be filled before they can be right. */
  AddConstraintPlanner(Site site, StageName stage) {
    this.site = site;
    this.stage = stage;
  }

  Planned plan(ConstraintDraft draft) {
    return site.onTable(
        draft.table(),
        made -> new FreshTable(site, draft.table(), made).constraint(draft),
        work -> plan(work, draft));
  }

  private Planned plan(TableWork work, ConstraintDraft draft) {
    String label = draft.table() + "." + draft.name();
    if (isTaken(work.table(), draft.name())) {
      return Refused.nameTaken(label);
    }
    return site.answer(draft)
        .match(
            printed -> plan(work, draft, printed), rejected -> Refused.byServer(label, rejected));
  }

  private static boolean isTaken(Table table, Identifier name) {
    return table.constraints().stream().anyMatch(constraint -> constraint.name().equals(name))
        || table.indexes().stream().anyMatch(index -> index.name().equals(name));
  }

  private Planned plan(TableWork work, ConstraintDraft draft, Printed printed) {
    return draft
        .body()
        .match(
            new ConstraintBody.Cases<>() {
              @Override
              public Planned check(ConstraintBody.Check check) {
                return staged(work, draft, printed, checkSteps(work, draft.name(), printed));
              }

              @Override
              public Planned unique(ConstraintBody.Unique unique) {
                return AddConstraintPlanner.this.unique(work, draft, unique, printed);
              }

              @Override
              public Planned foreignKey(ConstraintBody.ForeignKey key) {
                return new AddForeignKey(site, stage, work, draft.name(), key).planned(printed);
              }

              @Override
              public Planned exclusion(ConstraintBody.Exclusion exclusion) {
                return new AddExclusion(site, work, draft.name()).planned(printed);
              }
            });
  }

  private List<Step> checkSteps(TableWork work, Identifier name, Printed printed) {
    return new NotValidConstraint(work, name)
        .check(stage.word() + ".constraint", "", printed.definition(), Optional.empty(), true);
  }

  private Planned unique(
      TableWork work, ConstraintDraft draft, ConstraintBody.Unique unique, Printed printed) {
    Optional<Table> keyed =
        work.table().partitioning().partitions().stream()
            .filter(AddConstraintPlanner::hasPrimaryKey)
            .findFirst();
    if (unique.primary() && keyed.isPresent()) {
      return Refused.because(
          "primary-key-taken",
          keyed.get().name().toString(),
          "this partition has a primary key of its own, and a table has one at most",
          "Drop that one before, or let a unique constraint of its name take its place.");
    }
    if (unique.primary()
        && !work.table().columns().stream()
            .map(column -> column.name())
            .toList()
            .containsAll(unique.columns())) {
      return Refused.because(
          "new-column-key",
          work.label(draft.name()),
          "a column of the key is added by the same change: it may have no values yet",
          "Add the primary key in a change of its own, after this one.");
    }
    if (unique.primary() && hasPrimaryKey(work.table())) {
      return Refused.because(
          "primary-key-taken",
          work.name().toString(),
          "the table has a primary key already",
          "Drop that one in the same change, before this operation, or in a change of its own.");
    }
    return staged(
        work, draft, printed, new AddUnique(work, draft.name(), unique).steps(stage, printed));
  }

  private static boolean hasPrimaryKey(Table table) {
    return table.indexes().stream().anyMatch(index -> index.primary());
  }

  private Planned staged(TableWork work, ConstraintDraft draft, Printed printed, List<Step> steps) {
    Claim claim = work.claim(draft.name());
    return new Staging()
        .claim(claim)
        .reads(work.name(), printed.columns())
        .in(stage, steps)
        .planned();
  }
}
