package dev.gatefold.planner.direct;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.replacement.NullRefusal;
import java.util.List;

/** NOT NULL of a column that has none. */
final class NotNullSteps {

  private final TableWork work;
  private final Identifier column;

  NotNullSteps(TableWork work, Identifier column) {
    this.work = work;
    this.column = column;
  }

  /** Each step can be taken back. */
  List<Step> set(String stage) {
    return new NullRefusal(
            work.dialect(),
            work.table(),
            column,
            work.names().building("not null", column),
            List.of(work.dialect().setNotNull(work.name(), column)))
        .steps(stage + ".not-null." + work.label(column), "");
  }
}
