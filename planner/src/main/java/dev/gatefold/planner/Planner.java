package dev.gatefold.planner;

import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.DirectOperation;
import dev.gatefold.planner.change.Operation;
import dev.gatefold.planner.change.Regroup;
import dev.gatefold.planner.change.Way;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.direct.DirectPlanner;
import dev.gatefold.planner.direct.Site;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.OperationPlanner;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.Planning;
import dev.gatefold.planner.plan.Refusal;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.planner.straight.StraightDdl;
import dev.gatefold.planner.straight.StraightStage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code (Schema, Change) -> Plan | Refusal}. Pure and thread-safe. */
public final class Planner {

  private final Dialect dialect;

  public Planner(Dialect dialect) {
    this.dialect = dialect;
  }

  public Planning plan(Schema schema, Change asked) {
    Change change = asked.whole(schema.drafts());
    Dispatch dispatch =
        new Dispatch(
            new OperationPlanner(schema, change, dialect),
            new DirectPlanner(new Site(change, schema, dialect)));
    PlanDraft draft = new PlanDraft(schema, change, dialect);
    List<Reason> reasons = new ArrayList<>(namedTwice(change));
    for (Operation operation : change.operations()) {
      operation
          .match(dispatch)
          .match(
              new Planned.Cases<Boolean>() {
                @Override
                public Boolean staged(Planned.Staged planned) {
                  draft.add(planned);
                  return true;
                }

                @Override
                public Boolean replace(Planned.Replace planned) {
                  draft.replace(planned.table(), planned.column());
                  return true;
                }

                @Override
                public Boolean regrouped(Planned.Regrouped planned) {
                  draft.regroup(planned.table(), planned.group());
                  return true;
                }

                @Override
                public Boolean refused(Planned.Refused planned) {
                  return reasons.addAll(planned.reasons());
                }
              });
    }
    reasons.addAll(draft.reasons());
    if (!reasons.isEmpty()) {
      return new Refusal(reasons.stream().distinct().toList());
    }
    return change.way() == Way.STAGES
        ? draft.plan()
        : new StraightDdl(dialect)
            .of(schema, asked)
            .match(
                script ->
                    StraightPlan.of(
                        schema,
                        change,
                        new StraightStage(schema, change, dialect, script),
                        draft.claims()),
                refused -> new Refusal(refused.reasons()));
  }

  private record Dispatch(OperationPlanner replacing, DirectPlanner direct)
      implements Operation.Cases<Planned> {

    @Override
    public Planned renameColumn(Operation.RenameColumn rename) {
      return replacing.renameColumn(rename);
    }

    @Override
    public Planned alterColumn(Operation.AlterColumn alter) {
      return replacing.alterColumn(alter);
    }

    @Override
    public Planned regroup(Regroup regroup) {
      return replacing.regroup(regroup);
    }

    @Override
    public Planned direct(DirectOperation operation) {
      return operation.match(direct);
    }
  }

  /** Two operations on one column, or two that make columns of the same name. */
  private static List<Reason> namedTwice(Change change) {
    Set<String> columns = new HashSet<>();
    Set<String> results = new HashSet<>();
    List<Reason> reasons = new ArrayList<>();
    for (Operation operation : change.operations()) {
      Optional<ColumnNames> names = ColumnNames.of(operation);
      if (names.isPresent() && !names.get().addTo(columns, results)) {
        reasons.add(
            new Reason(
                "named-twice",
                names.get().before().get(0),
                "two operations of the change name the same column",
                "Say all that shall become of a column in one alter_column."));
      }
    }
    return reasons;
  }

  private record ColumnNames(List<String> before, List<String> after) {

    /** False where one of the names is there already. */
    boolean addTo(Set<String> columns, Set<String> results) {
      return before.stream().filter(columns::add).count() == before.size()
          && after.stream().filter(results::add).count() == after.size();
    }

    static Optional<ColumnNames> of(Operation operation) {
      return operation.match(
          new Operation.Cases<>() {
            @Override
            public Optional<ColumnNames> renameColumn(Operation.RenameColumn rename) {
              return of(rename.table(), List.of(rename.column()), List.of(rename.to()));
            }

            @Override
            public Optional<ColumnNames> alterColumn(Operation.AlterColumn alter) {
              return of(alter.table(), List.of(alter.column()), List.of(alter.finalName()));
            }

            @Override
            public Optional<ColumnNames> regroup(Regroup regroup) {
              return of(
                  regroup.table(),
                  regroup.olds().stream().map(Regroup.Old::column).toList(),
                  regroup.news().stream().map(Regroup.New::column).toList());
            }

            @Override
            public Optional<ColumnNames> direct(DirectOperation direct) {
              return Optional.empty();
            }
          });
    }

    private static Optional<ColumnNames> of(
        TableName table, List<Identifier> before, List<Identifier> after) {
      return Optional.of(
          new ColumnNames(
              before.stream().map(name -> table.quoted() + "." + name.quoted()).toList(),
              after.stream().map(name -> table.quoted() + "." + name.quoted()).toList()));
    }
  }
}
