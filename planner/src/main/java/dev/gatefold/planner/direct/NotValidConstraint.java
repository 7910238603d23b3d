package dev.gatefold.planner.direct;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.dialect.Violations;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.UniqueKey;
import dev.gatefold.planner.schema.UniqueKey.KeyColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A constraint that looks at new rows only, and at the others afterwards, beside traffic: in two
 * transactions, or the lock of the first would last for the scan of the second.
 */
final class NotValidConstraint {

  private final TableWork work;
  private final Dialect dialect;
  private final Identifier name;

  NotValidConstraint(TableWork work, Identifier name) {
    this.work = work;
    this.dialect = work.dialect();
    this.name = name;
  }

  /**
   * A check.
   *
   * @param suffix {@code .undo} where the steps are part of an undo
   */
  List<Step> check(
      String id, String suffix, String definition, Optional<String> comment, boolean validated) {
    String label = id + "." + work.label(name);
    Step add =
        work.brief(
            label + suffix, "add check not valid", added(definition, comment), drop(label, suffix));
    return validated
        ? List.of(
            add,
            validate(label, suffix, Optional.of(dialect.violations().ofCheck(rows(), definition))))
        : List.of(add);
  }

  /** A foreign key of an ordinary table. */
  List<Step> foreignKey(String id, String suffix, ForeignKeyParts key, boolean validated) {
    String label = id + "." + work.label(name);
    List<TableName> tables = tables(key.referenced());
    Step add =
        work.brief(
            label + suffix,
            "add foreign key not valid",
            // It stops at a lock that lets readers through.
            LockMode.SHARE_ROW_EXCLUSIVE,
            tables,
            added(key.definition(), key.comment()),
            List.of(),
            Undo.by(
                work.brief(
                    label + suffix + ".undo",
                    "drop foreign key",
                    LockMode.ACCESS_EXCLUSIVE,
                    tables,
                    List.of(dialect.dropConstraint(work.name(), name)),
                    List.of(),
                    new Undo.Nothing())));
    return validated ? List.of(add, validate(label, suffix, key.culprits())) : List.of(add);
  }

  /** The referenced table first: parents before children. */
  List<TableName> tables(TableName referenced) {
    return referenced.equals(work.name()) ? List.of(work.name()) : List.of(referenced, work.name());
  }

  private List<String> added(String definition, Optional<String> comment) {
    List<String> sql = new ArrayList<>();
    sql.add(dialect.addNotValid(work.name(), name, definition));
    comment.ifPresent(text -> sql.add(dialect.commentOnConstraint(work.name(), name, text)));
    return sql;
  }

  Step validate(String label, String suffix, Optional<String> culprits) {
    return work.online(
        label + ".validate" + suffix,
        "validate constraint",
        dialect.validate(work.name(), name),
        dialect.constraintIsValid(work.table().oid(), name),
        culprits);
  }

  private Undo drop(String label, String suffix) {
    return Undo.by(
        work.brief(
            label + suffix + ".undo",
            "drop constraint",
            List.of(dialect.dropConstraint(work.name(), name)),
            new Undo.Nothing()));
  }

  /** The table's rows by what people know them by. */
  Violations.Rows rows() {
    return new Violations.Rows(
        work.name(),
        work.table().keys().stream().findFirst().map(UniqueKey::columns).orElse(List.of()).stream()
            .map(KeyColumn::name)
            .toList());
  }
}
