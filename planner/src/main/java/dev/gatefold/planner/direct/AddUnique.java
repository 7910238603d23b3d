package dev.gatefold.planner.direct;

import dev.gatefold.planner.draft.ConstraintBody.Unique;
import dev.gatefold.planner.draft.Printed;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A new unique constraint or primary key. The columns of a primary key refuse NULL before its index
 * is made the key, or the server would scan the table for NULLs under its lock.
 */
final class AddUnique {

  private final TableWork work;
  private final Identifier name;
  private final Unique unique;

  AddUnique(TableWork work, Identifier name, Unique unique) {
    this.work = work;
    this.name = name;
    this.unique = unique;
  }

  List<Step> steps(StageName stage, Printed printed) {
    List<Step> steps = new ArrayList<>();
    if (unique.primary()) {
      unique.columns().stream()
          .flatMap(column -> work.table().column(column).stream())
          .filter(column -> !column.notNull())
          .map(Column::name)
          .forEach(column -> steps.addAll(new NotNullSteps(work, column).set(stage.word())));
    }
    steps.addAll(
        new IndexBuild(work)
            .steps(
                stage.word() + ".index." + work.label(name),
                "",
                new IndexBuild.Wanted(
                    name,
                    true,
                    index(),
                    Optional.of(
                        new IndexBuild.Constraint(
                            unique.primary(),
                            unique.columns(),
                            unique.deferral().sql(),
                            printed.definition())),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(
                        work.dialect()
                            .violations()
                            .ofUnique(work.name(), unique.columns(), unique.nullsNotDistinct())))));
    return steps;
  }

  /** The index as the server makes it for such a constraint. */
  private String index() {
    return "USING btree "
        + list(unique.columns())
        + (unique.include().isEmpty() ? "" : " INCLUDE " + list(unique.include()))
        + (unique.nullsNotDistinct() ? " NULLS NOT DISTINCT" : "");
  }

  private static String list(List<Identifier> columns) {
    return columns.stream().map(Identifier::quoted).collect(Collectors.joining(", ", "(", ")"));
  }
}
