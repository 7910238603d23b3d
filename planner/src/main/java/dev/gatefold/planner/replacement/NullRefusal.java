package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.dialect.Violations;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.UniqueKey;
import dev.gatefold.planner.schema.UniqueKey.KeyColumn;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * NOT NULL without a scan under a lock: a check that is validated beside traffic proves it, and
 * goes again.
 *
 * @param check the name of the check
 * @param setting what gives the column its NOT NULL
 */
public record NullRefusal(
    Dialect dialect, Table table, Identifier column, Identifier check, List<String> setting) {

  /** Of a column that has the NOT NULL now, to give it back under the name that it has. */
  public static NullRefusal again(Dialect dialect, Table table, Names names, int attnum) {
    Identifier column = table.names(Set.of(attnum)).stream().findFirst().orElseThrow();
    return new NullRefusal(
        dialect,
        table,
        column,
        names.notNullAgain(attnum),
        new NotNulls(dialect, table).set(attnum, column));
  }

  /**
   * The steps, each of which can be taken back.
   *
   * @param suffix {@code .undo} where they are part of an undo
   */
  public List<Step> steps(String id, String suffix) {
    return List.of(
        // Else, where a NULL keeps the rest from being done, it would refuse more of them.
        brief(
            id + suffix,
            "add check not valid",
            List.of(addCheck()),
            Undo.by(
                brief(
                    id + suffix + ".undo",
                    "drop check",
                    List.of(dropCheck()),
                    new Undo.Nothing()))),
        new Step.OnlineDdl(
            id + ".validate" + suffix,
            "validate constraint",
            List.of(dialect.validate(name(), check)),
            LockMode.SHARE_UPDATE_EXCLUSIVE,
            List.of(name()),
            List.of(dialect.tableIs(name(), table.oid())),
            dialect.constraintIsValid(table.oid(), check),
            List.of(),
            Optional.of(dialect.violations().ofNotNull(rows(), column)),
            new Undo.Nothing()),
        brief(
            id + ".set" + suffix,
            "set not null",
            Stream.concat(setting.stream(), Stream.of(dropCheck())).toList(),
            Undo.by(
                brief(
                    id + ".set" + suffix + ".undo",
                    "drop not null",
                    // The check comes back without a look at the rows, for the undo before this one
                    // to drop.
                    List.of(dialect.dropNotNull(name(), column), addCheck()),
                    new Undo.Nothing()))));
  }

  private String addCheck() {
    return dialect.addNotValid(name(), check, dialect.notNullCheck(column));
  }

  private String dropCheck() {
    return dialect.dropConstraint(name(), check);
  }

  private TableName name() {
    return table.name();
  }

  private Violations.Rows rows() {
    return new Violations.Rows(
        name(),
        table.keys().stream().findFirst().map(UniqueKey::columns).orElse(List.of()).stream()
            .map(KeyColumn::name)
            .toList());
  }

  private Step brief(String id, String kind, List<String> sql, Undo undo) {
    return new Step.BriefDdl(
        id,
        kind,
        sql,
        LockMode.ACCESS_EXCLUSIVE,
        List.of(name()),
        List.of(dialect.tableIs(name(), table.oid())),
        Optional.empty(),
        undo);
  }
}
