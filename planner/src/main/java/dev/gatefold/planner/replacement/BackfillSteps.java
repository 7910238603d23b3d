package dev.gatefold.planner.replacement;

import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.planner.plan.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Fills the new columns, verifies them, gives them what the old ones have, and opens both ways.
 *
 * <p>Indexes and constraints come after the rows: an index would be paid for by each batch, and a
 * check that is not valid yet fails unrelated updates of rows that are not filled.
 */
public final class BackfillSteps {

  private final TableReplacement replacement;

  public BackfillSteps(TableReplacement replacement) {
    this.replacement = replacement;
  }

  /** The rows, up to the proof that all are right. */
  public List<Step> rows() {
    RowMapping rows = replacement.sync().rowsWithFills();
    return List.of(
        new Step.BackfillRows(
            id("rows"),
            "backfill rows",
            List.of(batch(rows)),
            TableSync.toFill(rows),
            new Undo.Nothing()),
        switchMode("strict", SyncMode.FILL, SyncMode.STRICT),
        verify(id("verify"), rows, SyncMode.STRICT));
  }

  /** What comes once the rows are right. */
  public List<Step> afterRows() {
    List<Step> steps = new ArrayList<>();
    if (!replacement.fed()) {
      steps.addAll(constraints());
    }
    IndexWork indexes = replacement.indexWork();
    replacement.carried().indexes().forEach(carried -> steps.addAll(indexes.build(carried)));
    ReferenceSteps references = new ReferenceSteps(replacement);
    replacement.carried().references().forEach(carried -> steps.addAll(references.build(carried)));
    StatisticsSteps statistics = new StatisticsSteps(replacement);
    replacement.carried().statistics().forEach(carried -> steps.add(statistics.build(carried)));
    steps.add(statistics.analyze());
    steps.add(switchMode("both", SyncMode.STRICT, SyncMode.BOTH));
    return steps;
  }

  private List<Step> constraints() {
    List<Step> steps = new ArrayList<>();
    ConstraintSteps constraints = new ConstraintSteps(replacement);
    replacement.news().stream()
        .filter(NewColumn::notNull)
        .forEach(column -> steps.addAll(constraints.notNull(column)));
    replacement
        .carried()
        .constraints()
        .forEach(carried -> steps.addAll(constraints.build(carried)));
    return steps;
  }

  /**
   * Holds the lock that writers conflict with: an open transaction that prepared its statement
   * before would go on with the old function body.
   */
  private Step switchMode(String name, SyncMode from, SyncMode to) {
    return mode(id(name), to, Undo.by(mode(id(name) + ".undo", from, new Undo.Nothing())));
  }

  private Step mode(String id, SyncMode mode, Undo undo) {
    return new Step.BriefDdl(
        id,
        "sync " + mode.name().toLowerCase(Locale.ROOT),
        replacement.sync().turn(mode),
        // No writer runs anything of a feed's.
        replacement.fed() ? LockMode.ACCESS_SHARE : LockMode.SHARE_ROW_EXCLUSIVE,
        List.of(replacement.name()),
        replacement.columnsAreBuilding(),
        Optional.of(replacement.sync().turned(mode)),
        undo);
  }

  /** A step that compares all rows. */
  public static Step verify(String id, RowMapping rows, SyncMode mode) {
    String right =
        rows.groups().stream()
            .map(
                group ->
                    mode == SyncMode.BOTH
                        ? "(%s OR %s)".formatted(group.newIsUp(), group.oldIsDown())
                        : "(" + group.newIsUp() + ")")
            .collect(Collectors.joining(" AND "));
    String sql =
        "SELECT count(*) FROM %s AS t WHERE NOT (%s)".formatted(rows.table().quoted(), right);
    return new Step.VerifyRows(id, "verify rows", List.of(sql), rows, mode);
  }

  /** One that stands for the statements of all batches. */
  public static String batch(RowMapping rows) {
    return "UPDATE %s AS t SET %s WHERE NOT (%s)"
        .formatted(
            rows.table().quoted(),
            rows.groups().stream()
                .flatMap(group -> group.news().stream())
                .map(column -> column.column().quoted() + " = " + column.up())
                .collect(Collectors.joining(", ")),
            rows.groups().stream()
                .map(RowMapping.GroupMapping::newIsUp)
                .collect(Collectors.joining(" AND ")));
  }

  private String id(String name) {
    return "backfill." + name + "." + replacement.name();
  }
}
