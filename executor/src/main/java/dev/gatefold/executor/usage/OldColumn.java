package dev.gatefold.executor.usage;

import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.RowMapping.ColumnMapping;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Step.VerifyRows;
import dev.gatefold.planner.replacement.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A column that gives way to another.
 *
 * @param token by which the notes about writes of its table are told from others
 * @param name the name that applications know
 * @param hidden the name that it has from {@code retire} on
 * @param successor the name under which applications find the new one in the end
 */
public record OldColumn(
    TableName table,
    long oid,
    String token,
    Identifier name,
    Identifier hidden,
    Identifier successor) {

  /** Those of a rollout, in the order of its plan. */
  public static List<OldColumn> of(Rollout rollout) {
    List<RowMapping> before = mappings(rollout.plan(), StageName.RETIRE);
    List<RowMapping> after = mappings(rollout.plan(), StageName.DROP);
    List<OldColumn> columns = new ArrayList<>();
    for (RowMapping rows : before) {
      after.stream()
          .filter(later -> later.oid() == rows.oid())
          .forEach(later -> columns.addAll(pairs(rollout, rows, later)));
    }
    return List.copyOf(columns);
  }

  private static List<OldColumn> pairs(Rollout rollout, RowMapping before, RowMapping after) {
    List<OldColumn> columns = new ArrayList<>();
    for (int i = 0; i < before.columns().size(); i++) {
      ColumnMapping hidden = after.columns().get(i);
      columns.add(
          new OldColumn(
              before.table(),
              before.oid(),
              new Names(rollout.change(), before.table()).token(),
              before.columns().get(i).oldColumn(),
              hidden.oldColumn(),
              hidden.newColumn()));
    }
    return columns;
  }

  /** What the stage compares before it does anything else. */
  private static List<RowMapping> mappings(Plan plan, StageName stage) {
    return plan.stage(stage).stream()
        .flatMap(planned -> planned.steps().stream())
        .flatMap(OldColumn::mapping)
        .toList();
  }

  private static Stream<RowMapping> mapping(Step step) {
    return step instanceof VerifyRows verify ? Stream.of(verify.rows()) : Stream.empty();
  }

  /** Whether applications find the new column under the old name. */
  public boolean keepsName() {
    return name.equals(successor);
  }

  /** Table and column, as people know it. */
  public String label() {
    return table + "." + name;
  }

  /** The name that it has when the gate of the stage is asked. */
  public Identifier nameBefore(StageName stage) {
    return stage == StageName.DROP ? hidden : name;
  }
}
