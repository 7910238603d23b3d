package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.dialect.Partitions;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Indexes of a partitioned table. */
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
    PartitionedIndex index =
        new PartitionedIndex(
            dialect,
            replacement.name(),
            replacement.isTheTable(),
            name,
            carried.unique(),
            definitions.index(),
            carried
                .constraint()
                .map(
                    constraint ->
                        new PartitionedIndex.Key(
                            carried.index().primary(),
                            constraint.deferral(),
                            definitions.constraint().orElseThrow())));
    return List.of(
        index.root(
            id + suffix,
            comments(carried, name),
            Undo.by(index.dropped(id + suffix + ".undo", List.of()))),
        index.leaves(id + ".partitions" + suffix, Optional.empty()),
        index.attached(
            id + ".attach" + suffix,
            List.of(
                partitions.carryIndexComments(replacement.name(), carried.index().name(), name))));
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
