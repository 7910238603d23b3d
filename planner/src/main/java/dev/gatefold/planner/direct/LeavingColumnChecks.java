package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.Retire;
import dev.gatefold.planner.draft.ValueDraft;
import dev.gatefold.planner.operation.DenyChecks;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Constraint.Kind;
import dev.gatefold.planner.schema.Index;
import dev.gatefold.planner.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Why a column cannot go: whatever would be lost with it that is not its own is named. */
final class LeavingColumnChecks {

  private static final Set<Kind> KEYS = Set.of(Kind.UNIQUE, Kind.FOREIGN_KEY, Kind.EXCLUSION);

  private final TableWork work;
  private final Table table;
  private final Column column;
  private final Optional<ValueDraft.Value> down;

  LeavingColumnChecks(TableWork work, Column column, Optional<ValueDraft.Value> down) {
    this.work = work;
    this.table = work.table();
    this.column = column;
    this.down = down;
  }

  List<Reason> reasons(Retire retire) {
    List<Reason> reasons = new ArrayList<>();
    Stream.of(readers(), keys(), indexes(), beside(), value())
        .flatMap(found -> found)
        .forEach(reasons::add);
    reasons.addAll(DenyChecks.ofColumn(retire, table, column));
    return reasons;
  }

  private Stream<Reason> readers() {
    return Stream.concat(
            table.followers().stream()
                .filter(follower -> follower.columns().contains(column.attnum()))
                .map(follower -> follower.identity()),
            table.dependents().stream()
                .filter(dependent -> dependent.attnum() == column.attnum())
                .map(dependent -> dependent.description()))
        .map(
            what ->
                reason(
                    "column-is-read",
                    "%s reads the column, and would have to go with it".formatted(what),
                    "Change it so that it does without the column, or drop it, before."));
  }

  private Stream<Reason> keys() {
    return Stream.concat(
        table.constraints().stream()
            .filter(constraint -> constraint.columns().contains(column.attnum()))
            .flatMap(this::key),
        table.incoming().stream()
            .filter(key -> key.columns().contains(column.attnum()))
            .map(
                key ->
                    reason(
                        "referred-to",
                        "foreign key %s of %s refers to the column"
                            .formatted(key.name(), key.child()),
                        "Use drop_constraint on it before.")));
  }

  private Stream<Reason> key(Constraint constraint) {
    if (constraint.kind() == Kind.PRIMARY_KEY) {
      return Stream.of(
          reason(
              "primary-key",
              "the column is part of the primary key " + constraint.name(),
              "Use drop_constraint on it, and make another one, before."));
    }
    return KEYS.contains(constraint.kind()) && constraint.columns().size() > 1
        ? Stream.of(
            reason(
                "key-of-several",
                "constraint %s is over other columns too, and would go with this one"
                    .formatted(constraint.name()),
                "Use drop_constraint on it before, if nobody counts on it."))
        : Stream.of();
  }

  private Stream<Reason> indexes() {
    return table.indexes().stream()
        .filter(index -> index.columns().contains(column.attnum()))
        .flatMap(this::index);
  }

  private Stream<Reason> index(Index index) {
    if (index.replicaIdentity()) {
      return Stream.of(
          reason(
              "replica-identity",
              "index %s over the column identifies the rows for subscribers"
                  .formatted(index.name()),
              "Let another index, or the primary key, identify them before."));
    }
    return index.unique() && index.constraint().isEmpty() && index.columns().size() > 1
        ? Stream.of(
            reason(
                "key-of-several",
                "unique index %s is over other columns too, and would go with this one"
                    .formatted(index.name()),
                "Use drop_index on it before, if nobody counts on it."))
        : Stream.of();
  }

  /** What watches the column without being part of the table. */
  private Stream<Reason> beside() {
    Stream<String> named =
        Stream.of(
                table.statistics().stream()
                    .filter(statistics -> statistics.columns().contains(column.attnum()))
                    .map(statistics -> "statistics " + statistics.name()),
                table.publications().stream()
                    .filter(publication -> publication.columns().contains(column.attnum()))
                    .map(publication -> "publication " + publication.name()),
                table.family().stream()
                    .filter(this::distributes)
                    .map(part -> "the partition key of " + part.name()),
                table.partitioning().partitions().stream().flatMap(this::ownOf))
            .flatMap(names -> names);
    return named.map(
        what ->
            reason(
                "column-is-named",
                what + " names the column",
                "Change it so that it does without the column, or drop it, before."));
  }

  private boolean distributes(Table part) {
    return part.column(column.name())
        .filter(it -> part.partitioning().key().contains(it.attnum()))
        .isPresent();
  }

  /** What a partition has on the column that it does not have from the table. */
  private Stream<String> ownOf(Table partition) {
    return partition.column(column.name()).stream()
        .flatMap(
            it ->
                Stream.concat(
                    partition.indexes().stream()
                        .filter(index -> index.columns().contains(it.attnum()))
                        .map(index -> "index %s of %s".formatted(index.name(), partition.name())),
                    partition.constraints().stream()
                        .filter(constraint -> constraint.kind() != Kind.NOT_NULL)
                        .filter(constraint -> constraint.columns().contains(it.attnum()))
                        .map(
                            constraint ->
                                "constraint %s of %s"
                                    .formatted(constraint.name(), partition.name()))));
  }

  private Stream<Reason> value() {
    if (down.isEmpty()) {
      return Stream.of();
    }
    if (column.identity().isPresent() || column.generated()) {
      return Stream.of(
          reason(
              "fills-itself",
              "the server gives the column its value, so that \"down\" has nothing to do",
              "Leave out \"down\"."));
    }
    return down.get().reads().contains(column.name())
        ? Stream.of(
            reason(
                "down-reads-old",
                "\"down\" reads the column itself, which new applications do not write",
                "Let it read what they write."))
        : Stream.of();
  }

  private Reason reason(String code, String message, String cure) {
    return new Reason(code, work.label(column.name()), message, cure);
  }
}
