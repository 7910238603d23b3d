package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.dialect.Partitions;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A foreign key of a partitioned table, which the server adds without a scan from version 18 only:
 * so it is added to each partition and validated there, and the table's takes these for its own.
 */
final class PartitionedForeignKeySteps {

  private final TableReplacement replacement;
  private final Dialect dialect;
  private final Partitions partitions;

  PartitionedForeignKeySteps(TableReplacement replacement) {
    this.replacement = replacement;
    this.dialect = replacement.dialect();
    this.partitions = dialect.partitions();
  }

  List<Step> build(CarriedConstraint carried) {
    String id = "backfill.constraint." + replacement.name() + "." + carried.constraint().name();
    Identifier name = carried.building();
    String definition = replacement.carried().overBuilding(carried.definition());
    return List.of(
        brief(
            id + ".partitions",
            "add constraint not valid to each partition",
            LockMode.SHARE_ROW_EXCLUSIVE,
            List.of(partitions.addForeignKeyLeaves(replacement.name(), name, definition)),
            carried,
            List.of(),
            brief(
                id + ".partitions.undo",
                "drop new constraint of each partition",
                LockMode.ACCESS_EXCLUSIVE,
                List.of(partitions.dropForeignKeyLeaves(replacement.name(), name)),
                carried,
                List.of())),
        new Step.OnlineDdl(
            id + ".validate",
            "validate constraint on each partition",
            List.of(partitions.validateLeaves(replacement.name(), name)),
            LockMode.SHARE_UPDATE_EXCLUSIVE,
            List.of(replacement.name()),
            List.of(replacement.isTheTable()),
            partitions.leavesAreValid(replacement.name(), name),
            List.of(),
            new Undo.Nothing()),
        brief(
            id,
            "add constraint to the table",
            // The partitions' own triggers on the referenced table go: the table's do their work.
            LockMode.ACCESS_EXCLUSIVE,
            root(carried, definition),
            carried,
            // A partition that came since would be scanned under the lock.
            List.of(partitions.leavesAreValid(replacement.name(), name)),
            brief(
                id + ".undo",
                "drop new constraint",
                LockMode.ACCESS_EXCLUSIVE,
                List.of(dialect.dropConstraint(replacement.name(), name)),
                carried,
                List.of())));
  }

  private List<String> root(CarriedConstraint carried, String definition) {
    List<String> sql = new ArrayList<>();
    sql.add(partitions.addForeignKeyRoot(replacement.name(), carried.building(), definition));
    carried
        .constraint()
        .comment()
        .ifPresent(
            text ->
                sql.add(dialect.commentOnConstraint(replacement.name(), carried.building(), text)));
    sql.add(
        partitions.carryConstraintComments(
            replacement.name(), carried.constraint().name(), carried.building()));
    return sql;
  }

  private Step brief(
      String id,
      String kind,
      LockMode lock,
      List<String> sql,
      CarriedConstraint carried,
      List<Check> more,
      Step... undo) {
    List<Check> checks = new ArrayList<>(List.of(replacement.isTheTable()));
    checks.addAll(more);
    return new Step.BriefDdl(
        id,
        kind,
        sql,
        lock,
        carried.tables(replacement.name()),
        checks,
        Optional.empty(),
        undo.length == 0 ? new Undo.Nothing() : Undo.by(undo));
  }
}
