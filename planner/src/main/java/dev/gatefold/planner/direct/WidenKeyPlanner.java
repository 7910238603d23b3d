package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.WidenKey;
import dev.gatefold.planner.draft.ReachedColumn;
import dev.gatefold.planner.draft.ReachedColumn.NarrowSequence;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import java.util.List;
import java.util.Optional;

/**
 * {@code widen_key}: the columns are replaced as by {@code alter_column}; what is left to do is to
 * let their sequences count further. That comes first in {@code retire}, and is taken back last.
 */
final class WidenKeyPlanner {

  private final Site site;

  WidenKeyPlanner(Site site) {
    this.site = site;
  }

  Planned plan(WidenKey operation) {
    Staging staging = new Staging();
    List<ReachedColumn> reached =
        site.answer(operation.reach()).match(columns -> columns, rejected -> List.of());
    reached.forEach(
        column ->
            column
                .sequence()
                .ifPresent(
                    sequence ->
                        staging.in(StageName.RETIRE, widen(column, sequence, operation.type()))));
    return staging.planned();
  }

  private Step widen(ReachedColumn column, NarrowSequence sequence, String type) {
    String id = "retire.sequence." + sequence.name();
    return brief(
        id,
        "widen sequence",
        column,
        site.dialect().sequenceAs(sequence.name(), type),
        Undo.by(
            brief(
                id + ".undo",
                "narrow sequence again",
                column,
                site.dialect().sequenceAs(sequence.name(), sequence.type()),
                new Undo.Nothing())));
  }

  /** Writers would wait for the sequence anyway: every row that they insert takes a number. */
  private Step brief(String id, String kind, ReachedColumn column, List<String> sql, Undo undo) {
    return new Step.BriefDdl(
        id,
        kind,
        sql,
        LockMode.SHARE_ROW_EXCLUSIVE,
        List.of(column.table()),
        List.of(site.dialect().tableIs(column.table(), column.oid())),
        Optional.empty(),
        undo);
  }
}
