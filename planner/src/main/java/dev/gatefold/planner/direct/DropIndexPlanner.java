package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.DropIndex;
import dev.gatefold.planner.operation.Missing;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Index;
import java.util.Optional;

/**
 * {@code drop_index}: beside traffic, in {@code expand}. Taken back, it is built again as it was;
 * on a partitioned table it goes in {@code drop}.
 */
final class DropIndexPlanner {

  private final Site site;

  DropIndexPlanner(Site site) {
    this.site = site;
  }

  Planned plan(DropIndex operation) {
    return site.onTable(operation.table(), work -> plan(work, operation));
  }

  private static Planned plan(TableWork work, DropIndex operation) {
    Optional<Index> index = work.table().index(operation.index());
    if (index.isEmpty()) {
      return Missing.index(operation.table(), operation.index());
    }
    return obstacle(work, index.get())
        .orElseGet(
            () ->
                drop(work, index.get())
                    .claim(work.claim(index.get().name()))
                    .reads(work.name(), work.table().names(index.get().columns()))
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

  private static Staging drop(TableWork work, Index index) {
    String id = ".drop-index." + work.label(index.name());
    return work.partitioned()
        ? new Staging()
            .in(
                StageName.DROP,
                LastOfAll.drop(
                    "drop" + id,
                    work,
                    "drop index",
                    work.dialect().dropIndex(work.name(), index.name())))
        : new Staging()
            .in(
                StageName.EXPAND,
                new IndexBuild(work)
                    .drop(
                        "expand" + id,
                        index.name(),
                        new Undo.Steps(
                            new IndexBuild(work)
                                .again("expand" + id + ".undo", AlterIndexPlanner.asItIs(index)))));
  }
}
