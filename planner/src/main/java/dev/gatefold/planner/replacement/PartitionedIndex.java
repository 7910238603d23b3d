package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.dialect.Partitions;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An index of a partitioned table, which the server does not build concurrently: one on the table
 * alone, which every partition that comes from now on is given; then one on each partition; then
 * they are made one.
 *
 * @param isTheTable whether the name means the table that the plan was made for
 * @param definition what follows the table, from USING on
 * @param constraint what stands on it, if more than an index
 */
public record PartitionedIndex(
    Dialect dialect,
    TableName table,
    Check isTheTable,
    Identifier name,
    boolean unique,
    String definition,
    Optional<Key> constraint) {

  /** A unique constraint or primary key of the index's name. */
  public record Key(boolean primary, String deferral, String definition) {}

  /** The index on the table alone, with comments. */
  public Step root(String id, List<String> comments, Undo undo) {
    List<String> sql =
        new ArrayList<>(
            constraint
                .map(key -> partitions().uniqueRoot(table, name, key.definition()))
                .orElseGet(() -> partitions().indexRoot(table, name, unique, definition)));
    sql.addAll(comments);
    return brief(id, "add index to the table alone", sql, undo);
  }

  /** Takes all of it back, whatever there is of it. */
  public Step dropped(String id, List<String> more) {
    String drop =
        constraint.isPresent()
            ? dialect.dropConstraint(table, name)
            : dialect.dropIndex(table, name);
    return brief(
        id,
        "drop new index",
        Stream.concat(
                Stream.of(drop, partitions().dropUnattachedLeaves(table, name)), more.stream())
            .toList(),
        new Undo.Nothing());
  }

  /** The indexes on the partitions. */
  public Step leaves(String id, Optional<String> culprits) {
    return new Step.OnlineDdl(
        id,
        "build index on each partition",
        List.of(partitions().indexLeaves(table, name, unique, definition)),
        LockMode.SHARE_UPDATE_EXCLUSIVE,
        List.of(table),
        List.of(isTheTable),
        partitions().leavesAreIndexed(table, name),
        List.of(partitions().dropInvalidLeaves(table, name)),
        culprits,
        new Undo.Nothing());
  }

  /** One index of all. */
  public Step attached(String id, List<String> more) {
    String attach =
        constraint
            .map(key -> partitions().attachUniqueLeaves(table, name, key.primary(), key.deferral()))
            .orElseGet(() -> partitions().attachLeaves(table, name));
    return brief(
        id,
        "attach indexes of the partitions",
        Stream.concat(Stream.of(attach), more.stream()).toList(),
        new Undo.Nothing());
  }

  private Step brief(String id, String kind, List<String> sql, Undo undo) {
    return new Step.BriefDdl(
        id,
        kind,
        sql,
        LockMode.ACCESS_EXCLUSIVE,
        List.of(table),
        List.of(isTheTable),
        Optional.empty(),
        undo);
  }

  private Partitions partitions() {
    return dialect.partitions();
  }
}
