package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Constraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How rows of other tables go on referring to this one: by two foreign keys while both columns
 * live. Their values are equal, so that whatever one does to a row that refers, the other finds
 * done.
 */
final class ReferenceSteps {

  private final TableReplacement replacement;
  private final Dialect dialect;

  ReferenceSteps(TableReplacement replacement) {
    this.replacement = replacement;
    this.dialect = replacement.dialect();
  }

  /** The second foreign key, over the new columns. */
  List<Step> build(CarriedReference carried) {
    String id = "backfill.reference." + label(carried);
    return add(
        id, carried, carried.building(), replacement.carried().referringToBuilding(carried, false));
  }

  /** Before the swap is taken back: the first one, over the hidden old columns. */
  List<Step> rebuildOld(CarriedReference carried) {
    return add(
        "retire.reference." + label(carried) + ".undo",
        carried,
        carried.hidden(),
        replacement.carried().referringToHidden(carried));
  }

  private List<Step> add(String id, CarriedReference carried, Identifier name, String definition) {
    Step add =
        brief(
            id,
            "add foreign key not valid",
            create(carried, name, definition),
            LockMode.SHARE_ROW_EXCLUSIVE,
            carried,
            Undo.by(
                brief(
                    id + ".undo",
                    "drop foreign key",
                    List.of(dialect.dropConstraint(carried.key().child(), name)),
                    LockMode.ACCESS_EXCLUSIVE,
                    carried,
                    new Undo.Nothing())));
    return carried.key().validated()
        ? List.of(add, validate(id + ".validate", carried, name))
        : List.of(add);
  }

  private List<String> create(CarriedReference carried, Identifier name, String definition) {
    TableName child = carried.key().child();
    List<String> sql = new ArrayList<>();
    sql.add(dialect.addNotValid(child, name, definition));
    carried
        .key()
        .comment()
        .ifPresent(text -> sql.add(dialect.commentOnConstraint(child, name, text)));
    return sql;
  }

  private Step validate(String id, CarriedReference carried, Identifier name) {
    return new Step.OnlineDdl(
        id,
        "validate foreign key",
        List.of(dialect.validate(carried.key().child(), name)),
        LockMode.SHARE_UPDATE_EXCLUSIVE,
        List.of(carried.key().child()),
        List.of(dialect.tableIs(carried.key().child(), carried.key().childOid())),
        dialect.constraintIsValid(carried.key().childOid(), name),
        List.of(),
        new Undo.Nothing());
  }

  /** Inside the swap, before the unique index over the old columns goes. */
  List<String> swap(CarriedReference carried) {
    TableName child = carried.key().child();
    return List.of(
        dialect.dropConstraint(child, carried.key().name()),
        dialect.renameConstraint(child, carried.building(), carried.key().name()));
  }

  /** Inside the swap that is taken back, before a primary key over the new columns goes. */
  List<String> swapBack(CarriedReference carried) {
    TableName child = carried.key().child();
    String away =
        leansOnPrimaryKey(carried)
            ? dialect.dropConstraint(child, carried.key().name())
            : dialect.renameConstraint(child, carried.key().name(), carried.building());
    return List.of(away, dialect.renameConstraint(child, carried.hidden(), carried.key().name()));
  }

  /**
   * After the swap back, inside it: a foreign key that leaned on the primary key went with it, and
   * leans now on the unique index alone.
   */
  List<String> leanAgain(CarriedReference carried) {
    return leansOnPrimaryKey(carried)
        ? create(
            carried, carried.building(), replacement.carried().referringToBuilding(carried, true))
        : List.of();
  }

  /** The step after the swap back that {@link #leanAgain} leaves to do. */
  Optional<Step> validateAgain(CarriedReference carried) {
    return leansOnPrimaryKey(carried) && carried.key().validated()
        ? Optional.of(
            validate(
                "retire.reference-again." + label(carried) + ".undo", carried, carried.building()))
        : Optional.empty();
  }

  private boolean leansOnPrimaryKey(CarriedReference carried) {
    return replacement.table().constraints().stream()
        .anyMatch(
            constraint ->
                constraint.kind() == Constraint.Kind.PRIMARY_KEY
                    && constraint.columns().equals(carried.key().columns()));
  }

  /** Names of constraints are unique within their table only. */
  private static String label(CarriedReference carried) {
    return carried.key().child() + "." + carried.key().name();
  }

  private Step brief(
      String id,
      String kind,
      List<String> sql,
      LockMode lock,
      CarriedReference carried,
      Undo undo) {
    return new Step.BriefDdl(
        id,
        kind,
        sql,
        lock,
        carried.tables(replacement.name()),
        List.of(
            replacement.isTheTable(),
            dialect.tableIs(carried.key().child(), carried.key().childOid())),
        Optional.empty(),
        undo);
  }
}
