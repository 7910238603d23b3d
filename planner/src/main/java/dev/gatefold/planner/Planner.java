package dev.gatefold.planner;

import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.Operation;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.operation.OperationPlanner;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.Planning;
import dev.gatefold.planner.plan.Refusal;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code (Schema, Change) -> Plan | Refusal}. Pure and thread-safe. */
public final class Planner {

  private final Dialect dialect;

  public Planner(Dialect dialect) {
    this.dialect = dialect;
  }

  public Planning plan(Schema schema, Change change) {
    OperationPlanner operations = new OperationPlanner(schema, change, dialect);
    PlanDraft draft = new PlanDraft(schema, change, dialect);
    List<Reason> reasons = new ArrayList<>(namedTwice(change));
    for (Operation operation : change.operations()) {
      operations
          .plan(operation)
          .match(
              new Planned.Cases<Boolean>() {
                @Override
                public Boolean atOnce(Planned.AtOnce planned) {
                  draft.atOnce(operation, planned.column(), planned.steps());
                  return true;
                }

                @Override
                public Boolean replace(Planned.Replace planned) {
                  draft.replace(operation, planned.column());
                  return true;
                }

                @Override
                public Boolean refused(Planned.Refused planned) {
                  return reasons.addAll(planned.reasons());
                }
              });
    }
    reasons.addAll(draft.reasons());
    return reasons.isEmpty() ? draft.plan() : new Refusal(reasons.stream().distinct().toList());
  }

  /** Two operations on one column, or two that make columns of the same name. */
  private static List<Reason> namedTwice(Change change) {
    Set<String> columns = new HashSet<>();
    Set<String> results = new HashSet<>();
    List<Reason> reasons = new ArrayList<>();
    for (Operation operation : change.operations()) {
      ColumnNames names = ColumnNames.of(operation);
      if (!columns.add(names.before()) || !results.add(names.after())) {
        reasons.add(
            new Reason(
                "named-twice",
                names.before(),
                "two operations of the change name the same column",
                "Say all that shall become of a column in one alter_column."));
      }
    }
    return reasons;
  }

  private record ColumnNames(String before, String after) {

    static ColumnNames of(Operation operation) {
      String table = operation.table().quoted();
      return operation.match(
          new Operation.Cases<>() {
            @Override
            public ColumnNames renameColumn(Operation.RenameColumn rename) {
              return new ColumnNames(
                  table + "." + rename.column().quoted(), table + "." + rename.to().quoted());
            }

            @Override
            public ColumnNames alterColumn(Operation.AlterColumn alter) {
              return new ColumnNames(
                  table + "." + alter.column().quoted(), table + "." + alter.finalName().quoted());
            }
          });
    }
  }
}
