package dev.gatefold.executor.usage;

import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Plan.Leaving;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.RowMapping.Filled;
import dev.gatefold.planner.plan.RowMapping.GroupMapping;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Step.VerifyRows;
import dev.gatefold.planner.replacement.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A column that gives way to others, most often to one, or goes with nothing in its place.
 *
 * @param token by which the notes about writes of its table are told from others
 * @param name the name that applications know
 * @param hidden the name that it has from {@code retire} on
 * @param successors the names under which applications find in the end what takes its place
 */
public record OldColumn(
    TableName table,
    long oid,
    String token,
    Identifier name,
    Identifier hidden,
    List<Identifier> successors) {

  public OldColumn {
    successors = List.copyOf(successors);
  }

  /** Those of a rollout, in the order of its plan. */
  public static List<OldColumn> of(Rollout rollout) {
    List<RowMapping> before = mappings(rollout.plan(), StageName.RETIRE);
    List<RowMapping> after = mappings(rollout.plan(), StageName.DROP);
    List<OldColumn> columns = new ArrayList<>();
    for (RowMapping rows : before) {
      after.stream()
          .filter(later -> later.oid() == rows.oid())
          .forEach(later -> columns.addAll(columns(rollout, rows, later)));
    }
    rollout
        .plan()
        .leaving()
        .forEach(
            leaving -> leaving.column().ifPresent(it -> columns.add(of(rollout, leaving, it))));
    return List.copyOf(columns);
  }

  private static OldColumn of(Rollout rollout, Leaving leaving, Identifier column) {
    return new OldColumn(
        leaving.table(),
        leaving.oid(),
        new Names(rollout.change(), leaving.table()).token(),
        column,
        leaving.hidden(),
        List.of());
  }

  private static List<OldColumn> columns(Rollout rollout, RowMapping before, RowMapping after) {
    List<OldColumn> columns = new ArrayList<>();
    for (int i = 0; i < before.groups().size(); i++) {
      GroupMapping known = before.groups().get(i);
      GroupMapping hidden = after.groups().get(i);
      if (staysItself(known)) {
        continue;
      }
      for (int j = 0; j < known.olds().size(); j++) {
        columns.add(
            new OldColumn(
                before.table(),
                before.oid(),
                new Names(rollout.change(), before.table()).token(),
                known.olds().get(j),
                hidden.olds().get(j),
                hidden.news().stream().map(Filled::column).toList()));
      }
    }
    return columns;
  }

  /** What is compared is another table then; that the column leaves, the plan says by itself. */
  private static boolean staysItself(GroupMapping group) {
    return group.news().stream().map(Filled::column).toList().equals(group.olds());
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
    return successors.contains(name);
  }

  /** Whether nothing takes its place. */
  public boolean leaves() {
    return successors.isEmpty();
  }

  /** What applications use in its place, in words. */
  public String successor() {
    return successors.stream().map(Identifier::toString).collect(Collectors.joining(", "));
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
