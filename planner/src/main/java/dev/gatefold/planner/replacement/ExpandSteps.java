package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Adds the new columns, empty, together with the sync that fills them in rows written from now on.
 */
public final class ExpandSteps {

  private final TableReplacement replacement;
  private final Dialect dialect;

  public ExpandSteps(TableReplacement replacement) {
    this.replacement = replacement;
    this.dialect = replacement.dialect();
  }

  public List<Step> steps() {
    return Stream.concat(
            Stream.of(addColumns()), replacement.sync().feed().stream().map(TableFeed::makeSlot))
        .toList();
  }

  /**
   * One transaction: a trigger without its column, or a column that rows could be written to
   * without the trigger, must never be seen.
   */
  private Step addColumns() {
    List<String> sql = new ArrayList<>();
    sql.add(
        dialect.addColumns(
            replacement.name(),
            replacement.news().stream()
                .map(column -> new Dialect.NewColumn(replacement.building(column), column.type()))
                .toList()));
    for (Table table : replacement.table().family()) {
      for (ColumnReplacement column : replacement.columns()) {
        // A partition's column is another one, with settings, comment and grants of its own.
        Column old = table.column(column.old().name()).orElseThrow();
        Column carried =
            table.name().equals(replacement.name())
                ? new NewTraits(column.traits()).carried(old)
                : old;
        sql.addAll(
            dialect.carryColumn(
                table.name(), carried, replacement.building(column), column.sameType()));
      }
    }
    for (ColumnReplacement column : replacement.columns()) {
      sql.addAll(
          new NewTraits(column.traits())
              .made(dialect.columns(), replacement.name(), replacement.building(column)));
    }
    replacement.regroupings().forEach(group -> sql.addAll(grants(group)));
    sql.add(
        dialect
            .retirement()
            .lend(
                replacement.name(),
                replacement.news().stream().map(replacement::building).toList()));
    sql.addAll(replacement.sync().begin());
    return new Step.BriefDdl(
        "expand.columns." + replacement.name(),
        "add column and sync",
        sql,
        LockMode.ACCESS_EXCLUSIVE,
        List.of(replacement.name()),
        preconditions(),
        Optional.of(replacement.sync().begun()),
        new Undo.Steps(
            Stream.concat(
                    Stream.of(dropColumns()),
                    replacement.sync().feed().stream().map(TableFeed::makeNoSlot))
                .toList()));
  }

  private List<String> grants(ColumnGroup group) {
    return replacement.table().family().stream()
        .flatMap(
            table ->
                SharedGrants.of(table, group).carried().stream()
                    .flatMap(
                        grant ->
                            group.news().stream()
                                .map(
                                    column ->
                                        dialect.grantColumn(table.name(), column.name(), grant))))
        .toList();
  }

  private List<Check> preconditions() {
    List<Check> checks = new ArrayList<>();
    checks.add(replacement.isTheTable());
    for (OldColumn old : replacement.olds()) {
      checks.add(dialect.columnIs(replacement.table().oid(), old.attnum(), old.name()));
    }
    replacement.filledAreNew().forEach(checks::add);
    replacement.sync().feed().ifPresent(feed -> checks.addAll(feed.possible()));
    if (replacement.partitioned()) {
      checks.add(
          dialect
              .partitions()
              .partitionsAre(
                  replacement.table().oid(),
                  replacement.table().partitioning().partitions().stream()
                      .map(Table::oid)
                      .toList()));
    }
    return checks;
  }

  private Step dropColumns() {
    List<String> sql = new ArrayList<>(replacement.sync().giveUp());
    sql.add(
        dialect.dropColumns(
            replacement.name(), replacement.news().stream().map(replacement::building).toList()));
    return new Step.BriefDdl(
        "expand.columns." + replacement.name() + ".undo",
        "drop new column and sync",
        sql,
        LockMode.ACCESS_EXCLUSIVE,
        List.of(replacement.name()),
        replacement.columnsAreBuilding(),
        Optional.of(replacement.sync().givenUp()),
        new Undo.Nothing());
  }
}
