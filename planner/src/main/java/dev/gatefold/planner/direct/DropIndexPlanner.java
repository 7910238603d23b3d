package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.DropIndex;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.operation.TableChecks;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Index;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.Optional;

/**
 * {@code drop_index}: beside traffic, in {@code expand}. Taken back, it is built again as it was.
 */
final class DropIndexPlanner {

  private final Site site;

  DropIndexPlanner(Site site) {
    this.site = site;
  }

  Planned plan(DropIndex operation) {
    Optional<Table> table = site.table(operation.table());
    if (table.isEmpty()) {
      return Missing.table(operation.table());
    }
    List<Reason> reasons = TableChecks.ofTable(table.get());
    if (!reasons.isEmpty()) {
      return new Planned.Refused(reasons);
    }
    Optional<Index> index = table.get().index(operation.index());
    if (index.isEmpty()) {
      return Missing.index(operation.table(), operation.index());
    }
    TableWork work = new TableWork(site, table.get());
    return obstacle(work, index.get())
        .orElseGet(
            () ->
                new Staging()
                    .claim(work.claim(index.get().name()))
                    .reads(work.name(), work.table().names(index.get().columns()))
                    .in(StageName.EXPAND, drop(work, index.get()))
                    .planned());
  }

  /** Why an index is not dropped or replaced on its own. */
  static Optional<Planned> obstacle(TableWork work, Index index) {
    String label = work.label(index.name());
    if (index.constraint().isPresent()) {
      return Optional.of(
          Refused.because(
              "index-of-constraint",
              label,
              "the constraint %s stands on it".formatted(index.constraint().get()),
              "Use drop_constraint."));
    }
    if (index.remarks().isPresent()) {
      return Optional.of(
          Refused.because(
              "index-form",
              label,
              "it could not be made again as it is: it " + index.remarks().get(),
              "Use a raw sql operation, which has an undo of your own."));
    }
    boolean leaned =
        work.table().incoming().stream().anyMatch(key -> index.columns().equals(key.columns()));
    return index.unique() && leaned
        ? Optional.of(
            Refused.because(
                "referred-to",
                label,
                "foreign keys may lean on this unique index",
                "Drop those in a change before."))
        : Optional.empty();
  }

  private static Step drop(TableWork work, Index index) {
    String id = "expand.drop-index." + work.label(index.name());
    Undo undo =
        new Undo.Steps(new IndexBuild(work).steps(id, ".undo", AlterIndexPlanner.asItIs(index)));
    return work.partitioned()
        // The server drops the index of a partitioned table with those of all partitions at once.
        ? work.brief(
            id, "drop index", List.of(work.dialect().dropIndex(work.name(), index.name())), undo)
        : new IndexBuild(work).drop(id, index.name(), undo);
  }
}
