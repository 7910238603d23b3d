package dev.gatefold.planner.standalone;

import dev.gatefold.planner.change.BackfillSettings.UserTriggers;
import dev.gatefold.planner.change.StandaloneBackfill;
import dev.gatefold.planner.change.StandaloneBackfill.Assignment;
import dev.gatefold.planner.change.StandaloneBackfill.MovedRows;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.operation.TableChecks;
import dev.gatefold.planner.operation.TriggerChoice;
import dev.gatefold.planner.operation.TriggerChoice.Writes;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.StandaloneProbe;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.TableProbe.Probed;
import dev.gatefold.planner.schema.Trigger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why a backfill of its own cannot go, or would do more than its author knows. */
final class StandaloneChecks {

  private final StandaloneBackfill backfill;
  private final StandaloneProbe seen;

  StandaloneChecks(StandaloneBackfill backfill, StandaloneProbe seen) {
    this.backfill = backfill;
    this.seen = seen;
  }

  /** All of them. */
  List<Reason> reasons() {
    return seen.table()
        .map(this::ofTable)
        .orElseGet(
            () ->
                List.of(
                    new Reason(
                        "no-such-table",
                        backfill.table().toString(),
                        "there is no such table",
                        "Name one that is there, with its schema.")));
  }

  private List<Reason> ofTable(Table table) {
    List<Reason> reasons = new ArrayList<>(TableChecks.ofTable(table));
    if (reasons.isEmpty()) {
      reasons.addAll(TableChecks.ofWrites(table, writes(), backfill.settings(), seen.server()));
      backfill.set().forEach(assignment -> column(table, assignment).ifPresent(reasons::add));
      seen.where()
          .flatMap(where -> rejected(table.name() + ", where", where))
          .ifPresent(reasons::add);
      Stream.of(key(table), unchecked(table), movedRows(table))
          .forEach(reason -> reason.ifPresent(reasons::add));
    }
    return reasons;
  }

  private Optional<Reason> column(Table table, Assignment assignment) {
    String label = table.name() + "." + assignment.column();
    Optional<Column> column = table.column(assignment.column());
    if (column.isEmpty()) {
      return Optional.of(
          new Reason(
              "no-such-column", label, "the table has no such column", "Name one that it has."));
    }
    return TableChecks.generated(table, column.get())
        .or(() -> partitionKey(table, column.get(), label))
        .or(
            () ->
                rejected(
                    label,
                    Optional.ofNullable(seen.values().get(assignment.column())).orElseThrow()));
  }

  /** An update of it moves rows from one partition to another, which their key does not show. */
  private static Optional<Reason> partitionKey(Table table, Column column, String label) {
    return table.family().stream()
            .anyMatch(part -> part.partitioning().key().contains(column.attnum()))
        ? Optional.of(
            new Reason(
                "partition-key",
                label,
                "the column decides in which partition a row lies: setting it moves rows about",
                "Set another column, or move the rows with statements of your own."))
        : Optional.empty();
  }

  private static Optional<Reason> rejected(String label, Probed<?> probed) {
    return probed.match(
        accepted -> Optional.empty(),
        rejected ->
            Optional.of(
                new Reason(
                    "server-refuses",
                    label,
                    "the server says: " + rejected.message(),
                    "Mend the SQL in the file.")));
  }

  private Optional<Reason> key(Table table) {
    if (Walk.of(backfill, table).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        table.keys().isEmpty()
            ? new Reason(
                "no-key",
                table.name().toString(),
                "it has no unique key without NULLs; from block to block an application's update"
                    + " could move a row to where the backfill has been",
                "Add a primary key, or a unique index over columns that are NOT NULL.")
            : new Reason(
                "key-column",
                table.name().toString(),
                "the backfill sets columns of every unique key that it could go along",
                "Leave them out of \"set\"."));
  }

  /** What becomes of rows that move along the key. */
  Moved moved(Table table) {
    List<Identifier> changing =
        TriggerChoice.of(table, writes())
            .firing(backfill.settings().chosenTriggers().orElse(UserTriggers.FIRE))
            .filter(Trigger::beforeRow)
            .map(Trigger::name)
            .toList();
    return new Moved(backfill, seen, changing);
  }

  private Optional<Reason> movedRows(Table table) {
    return backfill
        .movedRows()
        .filter(it -> it == MovedRows.LOOK)
        .flatMap(it -> moved(table).hindrance())
        .map(
            why ->
                new Reason(
                    "moved-rows",
                    table.name().toString(),
                    "rows whose key is changed meanwhile cannot be looked for: " + why,
                    "Mend that, or write \"moved_rows: leave\"."));
  }

  private Writes writes() {
    return Writes.to(backfill.set().stream().map(Assignment::column).toList());
  }

  /** What skips the users' triggers skips those by which the server keeps foreign keys, too. */
  private Optional<Reason> unchecked(Table table) {
    Set<Integer> set = Walk.set(backfill, table);
    List<String> keys =
        Stream.concat(
                table.family().stream()
                    .flatMap(part -> part.constraints().stream())
                    .filter(
                        it -> it.kind() == Constraint.Kind.FOREIGN_KEY && meet(it.columns(), set))
                    .map(Constraint::name),
                table.incoming().stream()
                    .filter(it -> meet(it.columns(), set))
                    .map(it -> it.name()))
            .map(Identifier::value)
            .distinct()
            .toList();
    return keys.isEmpty()
            || !backfill.settings().chosenTriggers().equals(Optional.of(UserTriggers.SKIP))
        ? Optional.empty()
        : Optional.of(
            new Reason(
                "foreign-key-unchecked",
                table.name().toString(),
                keys.stream().collect(Collectors.joining(", ", "foreign key ", ""))
                    + " reads a column that the backfill sets: with \"user_triggers: skip\" the"
                    + " server would not check it",
                "Write \"user_triggers: fire\"."));
  }

  private static boolean meet(Collection<Integer> one, Collection<Integer> other) {
    return !Collections.disjoint(one, other);
  }
}
