package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.RebuildTable;
import dev.gatefold.planner.change.Retire;
import dev.gatefold.planner.change.Way;
import dev.gatefold.planner.draft.Standing;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.operation.TableChecks;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.replacement.FedKeys;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Constraint.Kind;
import dev.gatefold.planner.schema.Index;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.Table.Trait;
import dev.gatefold.planner.schema.UniqueKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a table cannot be copied to another shape: what would be left behind is named. */
final class RebuildChecks {

  private static final String BEFORE = "Drop it in a change before, and make it again after.";

  private final Site site;
  private final RebuildTable operation;
  private final Table table;
  private final Standing standing;

  RebuildChecks(Site site, RebuildTable operation, Table table, Standing standing) {
    this.site = site;
    this.operation = operation;
    this.table = table;
    this.standing = standing;
  }

  List<Reason> reasons() {
    return Stream.of(TableChecks.ofMaking(table), asked(), shape(), left())
        .flatMap(List::stream)
        .toList();
  }

  private List<Reason> asked() {
    List<Reason> reasons = new ArrayList<>();
    if (site.whole().way() == Way.STAGES && !site.whole().sync().isFeed()) {
      reasons.add(
          reason(
              "rebuild-needs-feed",
              "rows are followed into another table by a change feed",
              "Write sync: cdc in the change file (docs/cdc.md says what that needs)."));
    }
    if (site.retire() == Retire.REVOKE) {
      reasons.add(
          reason(
              "revoke-whole",
              "\"retire: revoke\" takes rights on columns away, not those on a whole table",
              "Leave out \"retire\": the old table is out of reach under its hidden name."));
    }
    return reasons;
  }

  private List<Reason> shape() {
    List<Reason> reasons = new ArrayList<>();
    if (table.kind() != Table.Kind.ORDINARY) {
      reasons.add(
          reason(
              "rebuild-partitioned",
              "its rows lie in partitions already",
              "This version copies tables that have none."));
    }
    Optional<UniqueKey> key = Rebuild.key(table);
    if (key.isEmpty()) {
      reasons.add(
          reason(
              "rebuild-without-key",
              "it has no primary key, by which rows could be known in both tables",
              "Add one first: add_constraint with primary_key."));
      return reasons;
    }
    List<Identifier> wanted = operation.shape().primaryKey();
    for (UniqueKey.KeyColumn column : key.get().columns()) {
      if (!wanted.isEmpty() && !wanted.contains(column.name())) {
        reasons.add(
            reason(
                "rebuild-key",
                "the new primary key does not have %s, by which rows are known meanwhile"
                    .formatted(column.name()),
                "Add it to \"primary_key\"; it can be taken out by another change later."));
      }
      if (!FedKeys.isReadable(column)) {
        reasons.add(
            reason(
                "feed-impossible",
                "its rows are known by a key of type %s, which a change feed does not read"
                    .formatted(column.type()),
                "This version copies no such table."));
      }
    }
    reasons.addAll(lanes(key.get()));
    if (operation.shape().partitionBy().isPresent()
        && site.version() < 17
        && table.columns().stream().anyMatch(column -> column.identity().isPresent())) {
      reasons.add(
          reason(
              "rebuild-identity",
              "before version 17 the server has no identity columns in partitioned tables",
              "Make a default of it first: DROP IDENTITY, and a sequence of its own."));
    }
    return reasons;
  }

  /** What hangs on the table and does not come along. */
  /** A row whose key can be written in two ways would be followed by two at a time. */
  private List<Reason> lanes(UniqueKey key) {
    return table.columns().stream()
        .filter(column -> site.whole().sync().isThroughKafka())
        .filter(column -> !column.type().comparable())
        .filter(column -> key.columns().stream().anyMatch(it -> it.attnum() == column.attnum()))
        .map(
            column ->
                reason(
                    "feed-through-kafka",
                    "values of its key's column %s are alike that are written differently, and might go to two partitions of the topic"
                        .formatted(column.name()),
                    "Leave out \"through: kafka\"."))
        .toList();
  }

  private List<Reason> left() {
    List<Reason> reasons = new ArrayList<>();
    standing.dependents().forEach(it -> reasons.add(stays("this leans on it: " + it)));
    standing
        .publications()
        .forEach(it -> reasons.add(stays("the publication %s sends it".formatted(it))));
    table.triggers().forEach(it -> reasons.add(stays("it has the trigger " + it.name())));
    standing
        .rowSecurity()
        .policies()
        .keySet()
        .forEach(it -> reasons.add(stays("it has the policy " + it)));
    if (standing.rowSecurity().enabled()) {
      reasons.add(stays("row-level security is on"));
    }
    table.statistics().forEach(it -> reasons.add(stays("it has the statistics " + it.name())));
    table.constraints().stream()
        .flatMap(constraint -> constraint(constraint).stream())
        .forEach(it -> reasons.add(stays(it)));
    table.indexes().stream()
        .flatMap(index -> index(index).stream())
        .forEach(it -> reasons.add(stays(it)));
    if (!standing.replicaIdentity().equals("DEFAULT")) {
      reasons.add(stays("its replica identity is " + standing.replicaIdentity()));
    }
    if (standing.publications().isEmpty() && table.traits().contains(Trait.PUBLISHED)) {
      reasons.add(stays("a publication of all tables, or of its schema, sends it"));
    }
    if (table.traits().contains(Trait.UNLOGGED)) {
      reasons.add(stays("it is unlogged, and the log tells nothing of it"));
    }
    return reasons;
  }

  private static Optional<String> constraint(Constraint constraint) {
    if (constraint.kind() == Kind.FOREIGN_KEY) {
      return Optional.of("it has the foreign key " + constraint.name());
    }
    if (!constraint.deferral().isEmpty()) {
      return Optional.of("the constraint %s can be deferred".formatted(constraint.name()));
    }
    return constraint.validated()
        ? Optional.empty()
        : Optional.of("the constraint %s was never validated".formatted(constraint.name()));
  }

  private static Optional<String> index(Index index) {
    return index
        .remarks()
        .or(() -> index.clustered() ? Optional.of("is its CLUSTER index") : Optional.empty())
        .map(remark -> "the index %s %s".formatted(index.name(), remark));
  }

  private Reason stays(String what) {
    return reason("left-behind", what, BEFORE);
  }

  private Reason reason(String code, String what, String cure) {
    return new Reason(code, table.name().toString(), what, cure);
  }
}
