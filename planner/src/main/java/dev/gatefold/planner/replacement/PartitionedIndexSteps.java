package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.dialect.Partitions;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Indexes of a partitioned table, which the server does not build concurrently: one on the table
 * alone, which every partition that comes from now on is given; then one on each partition; then
 * they are made one.
 */
final class PartitionedIndexSteps implements IndexWork {

  private final TableReplacement replacement;
  private final Dialect dialect;
  private final Partitions partitions;

  PartitionedIndexSteps(TableReplacement replacement) {
    this.replacement = replacement;
    this.dialect = replacement.dialect();
    this.partitions = dialect.partitions();
  }

  @Override
  public List<Step> build(CarriedIndex carried) {
    return build(
        "backfill.index." + carried.label(replacement.name()),
        "",
        carried,
        carried.building(),
        new Definitions(
            replacement.carried().overBuilding(carried.definition()),
            carried.constraintDefinition().map(replacement.carried()::overBuilding)));
  }

  @Override
  public List<Step> rebuildOld(CarriedIndex carried) {
    return carried.unique()
        ? build(
            "retire.index." + carried.label(replacement.name()),
            ".undo",
            carried,
            carried.hidden(),
            new Definitions(
                replacement.carried().overHidden(carried.definition()),
                carried.constraintDefinition().map(replacement.carried()::overHidden)))
        : List.of();
  }

  private record Definitions(String index, Optional<String> constraint) {}

  private List<Step> build(
      String id, String suffix, CarriedIndex carried, Identifier name, Definitions definitions) {
    List<String> root =
        new ArrayList<>(
            definitions
                .constraint()
                .map(constraint -> partitions.uniqueRoot(replacement.name(), name, constraint))
                .orElseGet(
                    () ->
                        partitions.indexRoot(
                            replacement.name(), name, carried.unique(), definitions.index())));
    root.addAll(comments(carried, name));
    return List.of(
        replacement.brief(
            id + suffix,
            "add index to the table alone",
            LockMode.ACCESS_EXCLUSIVE,
            root,
            Undo.by(
                replacement.brief(
                    id + suffix + ".undo",
                    "drop new index",
                    LockMode.ACCESS_EXCLUSIVE,
                    List.of(
                        drop(carried, name),
                        partitions.dropUnattachedLeaves(replacement.name(), name)),
                    new Undo.Nothing()))),
        new Step.OnlineDdl(
            id + ".partitions" + suffix,
            "build index on each partition",
            List.of(
                partitions.indexLeaves(
                    replacement.name(), name, carried.unique(), definitions.index())),
            LockMode.SHARE_UPDATE_EXCLUSIVE,
            List.of(replacement.name()),
            List.of(replacement.isTheTable()),
            partitions.leavesAreIndexed(replacement.name(), name),
            List.of(partitions.dropInvalidLeaves(replacement.name(), name)),
            new Undo.Nothing()),
        replacement.brief(
            id + ".attach" + suffix,
            "attach indexes of the partitions",
            LockMode.ACCESS_EXCLUSIVE,
            List.of(
                carried
                    .constraint()
                    .map(
                        constraint ->
                            partitions.attachUniqueLeaves(
                                replacement.name(),
                                name,
                                carried.index().primary(),
                                constraint.deferral()))
                    .orElseGet(() -> partitions.attachLeaves(replacement.name(), name)),
                partitions.carryIndexComments(replacement.name(), carried.index().name(), name)),
            new Undo.Nothing()));
  }

  private List<String> comments(CarriedIndex carried, Identifier name) {
    List<String> sql = new ArrayList<>();
    carried
        .index()
        .comment()
        .ifPresent(text -> sql.add(dialect.commentOnIndex(replacement.name(), name, text)));
    carried
        .constraint()
        .flatMap(constraint -> constraint.comment())
        .ifPresent(text -> sql.add(dialect.commentOnConstraint(replacement.name(), name, text)));
    return sql;
  }

  @Override
  public List<String> swap(CarriedIndex carried) {
    Identifier name = carried.index().name();
    List<String> sql = new ArrayList<>();
    sql.add(
        partitions.tradeIndexNames(replacement.name(), name, carried.building(), carried.hidden()));
    for (ColumnReplacement column : replacement.columns()) {
      sql.addAll(renamed(name, replacement.building(column), column.finalName()));
    }
    if (carried.unique()) {
      sql.add(drop(carried, carried.hidden()));
    }
    return sql;
  }

  private List<String> renamed(Identifier index, Identifier from, Identifier to) {
    return from.equals(to)
        ? List.of()
        : List.of(partitions.renameIndexColumn(replacement.name(), index, from, to));
  }

  @Override
  public List<String> swapBack(CarriedIndex carried) {
    Identifier name = carried.index().name();
    List<String> sql = new ArrayList<>();
    sql.add(
        partitions.tradeIndexNames(replacement.name(), name, carried.hidden(), carried.building()));
    for (ColumnReplacement column : replacement.columns()) {
      sql.addAll(renamed(name, replacement.hidden(column), column.old().name()));
      sql.addAll(renamed(carried.building(), column.finalName(), replacement.building(column)));
    }
    return sql;
  }

  private String drop(CarriedIndex carried, Identifier name) {
    return carried.constraint().isPresent()
        ? dialect.dropConstraint(replacement.name(), name)
        : dialect.dropIndex(replacement.name(), name);
  }
}
