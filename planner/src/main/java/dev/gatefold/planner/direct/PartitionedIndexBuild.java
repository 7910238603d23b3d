package dev.gatefold.planner.direct;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.direct.IndexBuild.Wanted;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.replacement.NotNulls;
import dev.gatefold.planner.replacement.PartitionedIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds an index of a partitioned table, or makes a constraint of it. */
final class PartitionedIndexBuild {

  private final TableWork work;
  private final Dialect dialect;

  PartitionedIndexBuild(TableWork work) {
    this.work = work;
    this.dialect = work.dialect();
  }

  List<Step> steps(String id, String suffix, Wanted wanted) {
    PartitionedIndex index =
        new PartitionedIndex(
            dialect,
            work.name(),
            work.isTheTable(),
            wanted.name(),
            wanted.unique(),
            wanted.definition(),
            wanted
                .constraint()
                .map(
                    constraint ->
                        new PartitionedIndex.Key(
                            constraint.primary(), constraint.deferral(), constraint.definition())));
    return List.of(
        index.root(
            id + suffix,
            comments(wanted),
            new Undo.Steps(dropped(id + suffix + ".undo", index, wanted))),
        index.leaves(id + ".partitions" + suffix, wanted.culprits()),
        index.attached(id + ".attach" + suffix, List.of()));
  }

  private List<Step> dropped(String id, PartitionedIndex index, Wanted wanted) {
    List<Identifier> notNull = ownNotNull(wanted);
    List<Step> steps = new ArrayList<>();
    steps.add(
        index.dropped(
            id,
            notNull.isEmpty()
                ? List.of()
                : List.of(dialect.partitions().inheritNotNullAgain(work.name(), notNull))));
    notNull.stream()
        .flatMap(column -> work.table().column(column).stream())
        .flatMap(column -> new NotNulls(dialect, work.table()).named(column.attnum()).stream())
        .map(
            constraint ->
                work.online(
                    id + ".validate." + constraint.name(),
                    "validate constraint",
                    dialect.validate(work.name(), constraint.name()),
                    dialect.constraintIsValid(work.table().oid(), constraint.name()),
                    Optional.empty()))
        .forEach(steps::add);
    return steps;
  }

  /** The columns whose NOT NULL an index gives to partitions as their own, in becoming a key. */
  private List<Identifier> ownNotNull(Wanted wanted) {
    return work.version() < 18
        ? List.of()
        : wanted
            .constraint()
            .filter(IndexBuild.Constraint::primary)
            .map(IndexBuild.Constraint::columns)
            .orElse(List.of());
  }

  private List<String> comments(Wanted wanted) {
    List<String> sql = new ArrayList<>();
    wanted
        .like()
        .flatMap(like -> like.comment())
        .ifPresent(text -> sql.add(dialect.commentOnIndex(work.name(), wanted.name(), text)));
    wanted
        .constraintComment()
        .ifPresent(text -> sql.add(dialect.commentOnConstraint(work.name(), wanted.name(), text)));
    return sql;
  }
}
