package dev.gatefold.planner.direct;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.dialect.Partitions;
import dev.gatefold.planner.direct.IndexBuild.Wanted;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.replacement.NotNulls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds an index of a partitioned table, which the server does not build concurrently: one on the
 * table alone, which every partition that comes from now on is given; then one on each partition;
 * then they are made one.
 */
final class PartitionedIndexBuild {

  private final TableWork work;
  private final Dialect dialect;
  private final Partitions partitions;

  PartitionedIndexBuild(TableWork work) {
    this.work = work;
    this.dialect = work.dialect();
    this.partitions = dialect.partitions();
  }

  List<Step> steps(String id, String suffix, Wanted wanted) {
    Identifier name = wanted.name();
    return List.of(
        work.brief(
            id + suffix,
            "add index to the table alone",
            root(wanted),
            new Undo.Steps(dropped(id + suffix + ".undo", wanted))),
        new Step.OnlineDdl(
            id + ".partitions" + suffix,
            "build index on each partition",
            List.of(
                partitions.indexLeaves(work.name(), name, wanted.unique(), wanted.definition())),
            LockMode.SHARE_UPDATE_EXCLUSIVE,
            List.of(work.name()),
            List.of(work.isTheTable()),
            partitions.leavesAreIndexed(work.name(), name),
            List.of(partitions.dropInvalidLeaves(work.name(), name)),
            wanted.culprits(),
            new Undo.Nothing()),
        work.brief(
            id + ".attach" + suffix,
            "attach indexes of the partitions",
            List.of(
                wanted
                    .constraint()
                    .map(
                        constraint ->
                            partitions.attachUniqueLeaves(
                                work.name(), name, constraint.primary(), constraint.deferral()))
                    .orElseGet(() -> partitions.attachLeaves(work.name(), name))),
            new Undo.Nothing()));
  }

  private List<Step> dropped(String id, Wanted wanted) {
    List<String> sql = new ArrayList<>();
    sql.add(drop(wanted));
    sql.add(partitions.dropUnattachedLeaves(work.name(), wanted.name()));
    List<Identifier> notNull = ownNotNull(wanted);
    if (!notNull.isEmpty()) {
      sql.add(partitions.inheritNotNullAgain(work.name(), notNull));
    }
    List<Step> steps = new ArrayList<>();
    steps.add(work.brief(id, "drop new index", sql, new Undo.Nothing()));
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

  private List<String> root(Wanted wanted) {
    List<String> sql =
        new ArrayList<>(
            wanted
                .constraint()
                .map(
                    constraint ->
                        partitions.uniqueRoot(work.name(), wanted.name(), constraint.definition()))
                .orElseGet(
                    () ->
                        partitions.indexRoot(
                            work.name(), wanted.name(), wanted.unique(), wanted.definition())));
    wanted
        .like()
        .flatMap(like -> like.comment())
        .ifPresent(text -> sql.add(dialect.commentOnIndex(work.name(), wanted.name(), text)));
    wanted
        .constraintComment()
        .ifPresent(text -> sql.add(dialect.commentOnConstraint(work.name(), wanted.name(), text)));
    return sql;
  }

  private String drop(Wanted wanted) {
    return wanted.constraint().isPresent()
        ? dialect.dropConstraint(work.name(), wanted.name())
        : dialect.dropIndex(work.name(), wanted.name());
  }
}
