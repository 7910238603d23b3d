package dev.gatefold.planner.operation;

import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reasons in the partitions of a table. What goes down from the table to its partitions changes
 * with it; what a partition has of its own would get lost, so it is named.
 */
final class PartitionChecks {

  private PartitionChecks() {}

  /** Whatever is to be done with the column. */
  static List<Reason> always(Table table, Column above) {
    List<Reason> reasons = new ArrayList<>();
    for (Table partition : table.partitioning().partitions()) {
      if (!partition.owned()) {
        reasons.add(
            new Reason(
                "not-owner",
                partition.name().toString(),
                "the connected role does not own this partition",
                "Connect as its owner, or grant the owner's role to the connected one."));
      }
      if (partition.kind() == Table.Kind.FOREIGN) {
        reasons.add(
            new Reason(
                "foreign-partition",
                partition.name().toString(),
                "the partition is a foreign table, whose rows lie on another server",
                "Detach it for the time of the change."));
      }
      partition
          .column(above.name())
          .flatMap(column -> differs(table, above, partition, column))
          .ifPresent(reasons::add);
    }
    return reasons;
  }

  /** A default or NOT NULL of its own would be overwritten by the table's. */
  private static Optional<Reason> differs(
      Table table, Column above, Table partition, Column column) {
    Optional<String> what =
        !expression(above).equals(expression(column))
            ? Optional.of("default")
            : above.notNull() != column.notNull() ? Optional.of("NOT NULL") : Optional.empty();
    return what.map(
        property ->
            new Reason(
                "partition-differs",
                partition.name() + "." + column.name(),
                "its %s is another than that of %s"
                    .formatted(property, table.name() + "." + above.name()),
                "Make both the same with ALTER TABLE %s ALTER COLUMN %s."
                    .formatted(partition.name().quoted(), column.name().quoted())));
  }

  private static Optional<String> expression(Column column) {
    return column.defaultValue().map(Column.Default::expression);
  }

  /** Where the column gives way to another, or its type does in place. */
  static List<Reason> carried(Target target) {
    List<Reason> reasons = new ArrayList<>();
    partitionKey(target.table(), target.column()).ifPresent(reasons::add);
    for (Table partition : target.table().partitioning().partitions()) {
      column(target, partition)
          .ifPresent(
              column ->
                  own(partition, column)
                      .map(what -> notCarried(partition, column, what))
                      .forEach(reasons::add));
    }
    return reasons;
  }

  /** What could be carried on an ordinary table, and would need work on each partition here. */
  static List<Reason> ofTheWhole(Target target) {
    Table table = target.table();
    if (table.kind() != Table.Kind.PARTITIONED) {
      return List.of();
    }
    return Stream.of(
            table.indexes().stream()
                .filter(index -> index.primary() && target.touches(index.columns()))
                .map(index -> "primary key " + index.name()),
            table.incoming().stream()
                .filter(key -> target.touches(key.columns()))
                .map(key -> "foreign key %s of %s".formatted(key.name(), key.child())),
            table.statistics().stream()
                .filter(statistics -> target.touches(statistics.columns()))
                .map(statistics -> "statistics " + statistics.name()),
            table.publications().stream()
                .filter(publication -> target.touches(publication.columns()))
                .map(publication -> "publication " + publication.name()))
        .flatMap(names -> names)
        .map(
            name ->
                notCarried(table, target.column(), name + " reads a column of a partitioned table"))
        .toList();
  }

  static Optional<Reason> partitionKey(Table whole, Column changed) {
    return whole.family().stream()
        .filter(
            table ->
                table
                    .column(changed.name())
                    .filter(column -> table.partitioning().key().contains(column.attnum()))
                    .isPresent())
        .findFirst()
        .map(
            table ->
                new Reason(
                    "partition-key",
                    whole.name() + "." + changed.name(),
                    "the rows of %s are distributed by this column, and PostgreSQL lets nobody drop it"
                        .formatted(table.name()),
                    "Leave this column out; another key needs another table."));
  }

  private static Stream<String> own(Table partition, Column column) {
    int attnum = column.attnum();
    return Stream.of(
            partition.indexes().stream()
                .filter(index -> index.columns().contains(attnum))
                .map(
                    index ->
                        "index %s %s"
                            .formatted(
                                index.name(),
                                index.remarks().orElse("belongs to this partition alone"))),
            partition.constraints().stream()
                .filter(constraint -> constraint.columns().contains(attnum))
                .filter(constraint -> constraint.kind() != Constraint.Kind.NOT_NULL)
                .map(
                    constraint ->
                        "constraint %s belongs to this partition alone"
                            .formatted(constraint.name())),
            partition.dependents().stream()
                .filter(dependent -> dependent.attnum() == attnum)
                .map(dependent -> dependent.description() + " depends on the column"),
            partition.followers().stream()
                .filter(follower -> follower.columns().contains(attnum))
                .map(follower -> follower.identity() + " reads the column"),
            column.grants().stream()
                .filter(grant -> !grant.byOwner())
                .map(
                    grant ->
                        "%s for %s was granted by another role than the owner"
                            .formatted(grant.privilege(), grant.grantee())))
        .flatMap(reasons -> reasons);
  }

  private static Reason notCarried(Table partition, Column column, String what) {
    return new Reason(
        "not-carried",
        partition.name() + "." + column.name(),
        what + ", and this version does not carry that over",
        "Drop it before and make it again after the change, or leave this column out.");
  }

  private static Optional<Column> column(Target target, Table table) {
    return table.column(target.column().name());
  }
}
