package dev.gatefold.planner.direct;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.dialect.Partitions;
import dev.gatefold.planner.draft.ConstraintBody.ForeignKey;
import dev.gatefold.planner.draft.Printed;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.Missing;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.Optional;

/**
 * A new foreign key. On a partitioned table the server adds one without a scan from version 18 on
 * only: so it is added to each partition and validated there, and the table's takes these for its
 * own.
 */
final class AddForeignKey {

  private final Site site;
  private final StageName stage;
  private final TableWork work;
  private final Dialect dialect;
  private final Identifier name;
  private final ForeignKey key;

  AddForeignKey(Site site, StageName stage, TableWork work, Identifier name, ForeignKey key) {
    this.site = site;
    this.stage = stage;
    this.work = work;
    this.dialect = work.dialect();
    this.name = name;
    this.key = key;
  }

  Planned planned(Printed printed) {
    Optional<List<Identifier>> primaryKey =
        site.table(key.referenced())
            .map(AddForeignKey::primaryKey)
            .or(() -> site.made(key.referenced()).map(made -> made.primaryKey()));
    if (primaryKey.isEmpty()) {
      return Missing.table(key.referenced());
    }
    List<Identifier> referenced =
        key.referencedColumns().isEmpty() ? primaryKey.get() : key.referencedColumns();
    ForeignKeyParts parts =
        new ForeignKeyParts(
            key.referenced(), printed.definition(), Optional.empty(), culprits(referenced));
    return new Staging()
        .claim(work.claim(name))
        .reads(work.name(), printed.columns())
        .reads(key.referenced(), referenced)
        .in(
            stage,
            work.partitioned()
                ? partitioned(parts)
                : new NotValidConstraint(work, name)
                    .foreignKey(stage.word() + ".constraint", "", parts, true))
        .planned();
  }

  private static List<Identifier> primaryKey(Table referenced) {
    return referenced.keys().stream()
        .filter(unique -> unique.primary())
        .flatMap(unique -> unique.columns().stream())
        .map(column -> column.name())
        .toList();
  }

  private Optional<String> culprits(List<Identifier> columns) {
    return columns.size() == key.columns().size()
        ? Optional.of(
            dialect
                .violations()
                .ofForeignKey(
                    new NotValidConstraint(work, name).rows(),
                    key.columns(),
                    key.referenced(),
                    columns))
        : Optional.empty();
  }

  private List<Step> partitioned(ForeignKeyParts parts) {
    String id = stage.word() + ".constraint." + work.label(name);
    Partitions partitions = dialect.partitions();
    return List.of(
        onBoth(
            id + ".partitions",
            LockMode.SHARE_ROW_EXCLUSIVE,
            "add foreign key not valid to each partition",
            partitions.addForeignKeyLeaves(work.name(), name, parts.definition()),
            List.of(),
            undo(id + ".partitions", partitions.dropForeignKeyLeaves(work.name(), name))),
        new Step.OnlineDdl(
            id + ".validate",
            "validate foreign key on each partition",
            List.of(partitions.validateLeaves(work.name(), name)),
            LockMode.SHARE_UPDATE_EXCLUSIVE,
            List.of(work.name()),
            List.of(work.isTheTable()),
            partitions.leavesAreValid(work.name(), name),
            List.of(),
            parts.culprits(),
            new Undo.Nothing()),
        onBoth(
            id,
            // Taking the partitions' for its own it drops their triggers on the referenced table.
            LockMode.ACCESS_EXCLUSIVE,
            "add foreign key to the table",
            partitions.addForeignKeyRoot(work.name(), name, parts.definition()),
            // A partition that came since would be scanned under the lock.
            List.of(partitions.leavesAreValid(work.name(), name)),
            undo(id, dialect.dropConstraint(work.name(), name))));
  }

  private Undo undo(String id, String sql) {
    return Undo.by(
        work.brief(
            id + ".undo",
            "drop foreign key",
            LockMode.ACCESS_EXCLUSIVE,
            tables(),
            List.of(sql),
            List.of(),
            new Undo.Nothing()));
  }

  private Step onBoth(
      String id, LockMode lock, String kind, String sql, List<Check> more, Undo undo) {
    return work.brief(id, kind, lock, tables(), List.of(sql), more, undo);
  }

  private List<TableName> tables() {
    return new NotValidConstraint(work, name).tables(key.referenced());
  }
}
