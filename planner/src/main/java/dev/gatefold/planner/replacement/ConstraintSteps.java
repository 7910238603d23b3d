package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a check or foreign key comes over the new columns without a scan under a lock. */
final class ConstraintSteps {

  private final TableReplacement replacement;
  private final Dialect dialect;

  ConstraintSteps(TableReplacement replacement) {
    this.replacement = replacement;
    this.dialect = replacement.dialect();
  }

  List<Step> build(CarriedConstraint carried) {
    if (replacement.partitioned() && carried.foreignKey() && carried.constraint().validated()) {
      return new PartitionedForeignKeySteps(replacement).build(carried);
    }

    List<String> sql = new ArrayList<>();
    sql.add(
        dialect.addNotValid(
            replacement.name(),
            carried.building(),
            replacement.carried().overBuilding(carried.definition())));
    carried
        .constraint()
        .comment()
        .ifPresent(
            text ->
                sql.add(dialect.commentOnConstraint(replacement.name(), carried.building(), text)));
    if (replacement.partitioned()) {
      sql.add(
          dialect
              .partitions()
              .carryConstraintComments(
                  replacement.name(), carried.constraint().name(), carried.building()));
    }
    String label = label(carried.constraint().name());
    List<TableName> tables = carried.tables(replacement.name());
    // Only the foreign key stops at a lock that lets readers through.
    LockMode lock = carried.foreignKey() ? LockMode.SHARE_ROW_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE;
    Step add =
        brief(
            "backfill.constraint." + label,
            "add constraint not valid",
            sql,
            lock,
            tables,
            Undo.by(
                brief(
                    "backfill.constraint." + label + ".undo",
                    "drop new constraint",
                    List.of(dialect.dropConstraint(replacement.name(), carried.building())),
                    LockMode.ACCESS_EXCLUSIVE,
                    tables,
                    new Undo.Nothing())));
    return carried.constraint().validated()
        ? List.of(add, validate("backfill.validate." + label, carried.building()))
        : List.of(add);
  }

  /** The check that lets the swap say NOT NULL without looking at a row. */
  List<Step> notNull(NewColumn column) {
    return List.of(
        addNotNull(
            "backfill.not-null." + label(column.name()),
            replacement.names().notNull(column.mark()),
            replacement.building(column)),
        validate(
            "backfill.validate-not-null." + label(column.name()),
            replacement.names().notNull(column.mark())));
  }

  /** Before the swap is taken back: the old column learns again to refuse NULL. */
  List<Step> oldNotNull(Column old) {
    return List.of(
        addNotNull(
            "retire.not-null." + label(old.name()) + ".undo",
            replacement.names().oldNotNull(old.attnum()),
            replacement.hidden(old)),
        validate(
            "retire.validate-not-null." + label(old.name()) + ".undo",
            replacement.names().oldNotNull(old.attnum())));
  }

  private Step addNotNull(String id, Identifier check, Identifier column) {
    return brief(
        id,
        "add check not valid",
        List.of(dialect.addNotValid(replacement.name(), check, dialect.notNullCheck(column))),
        LockMode.ACCESS_EXCLUSIVE,
        List.of(replacement.name()),
        Undo.by(
            brief(
                id + ".undo",
                "drop new check",
                List.of(dialect.dropConstraint(replacement.name(), check)),
                LockMode.ACCESS_EXCLUSIVE,
                List.of(replacement.name()),
                new Undo.Nothing())));
  }

  /** Names of constraints and columns are unique within their table only. */
  String label(Identifier name) {
    return replacement.name() + "." + name;
  }

  Step validate(String id, Identifier constraint) {
    return new Step.OnlineDdl(
        id,
        "validate constraint",
        List.of(dialect.validate(replacement.name(), constraint)),
        LockMode.SHARE_UPDATE_EXCLUSIVE,
        List.of(replacement.name()),
        List.of(replacement.isTheTable()),
        dialect.constraintIsValid(replacement.table().oid(), constraint),
        List.of(),
        new Undo.Nothing());
  }

  private Step brief(
      String id, String kind, List<String> sql, LockMode lock, List<TableName> tables, Undo undo) {
    return new Step.BriefDdl(
        id, kind, sql, lock, tables, List.of(replacement.isTheTable()), Optional.empty(), undo);
  }
}
