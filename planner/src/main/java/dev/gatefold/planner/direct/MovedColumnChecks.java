package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.MoveColumns;
import dev.gatefold.planner.change.MoveColumns.Moved;
import dev.gatefold.planner.change.MoveColumns.Pair;
import dev.gatefold.planner.operation.CarryChecks;
import dev.gatefold.planner.operation.DenyChecks;
import dev.gatefold.planner.operation.HangingChecks;
import dev.gatefold.planner.operation.TableChecks;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Why columns cannot leave their table for another one: what would be lost is named. */
final class MovedColumnChecks {

  private final Site site;
  private final Table source;
  private final Table target;
  private final List<Column> columns;

  MovedColumnChecks(Site site, Table source, Table target, List<Column> columns) {
    this.site = site;
    this.source = source;
    this.target = target;
    this.columns = List.copyOf(columns);
  }

  List<Reason> reasons(MoveColumns operation) {
    List<Reason> reasons =
        new ArrayList<>(HangingChecks.reasons(source, columns, target.name().toString()));
    for (Column column : columns) {
      Stream.of(
              TableChecks.generated(source, column),
              CarryChecks.addedDomain(label(column), column.type()),
              fillsItself(column),
              notNull(column),
              isKey(operation, column))
          .forEach(reason -> reason.ifPresent(reasons::add));
      reasons.addAll(DenyChecks.ofColumn(site.retire(), source, column));
    }
    for (Moved moved : operation.columns()) {
      TableChecks.nameTaken(target, moved.as(), "Choose another name after \"as\".")
          .ifPresent(reasons::add);
    }
    return reasons;
  }

  private String label(Column column) {
    return source.name() + "." + column.name();
  }

  /** A new application that inserts a row would leave a value in it that nobody wrote. */
  private Optional<Reason> fillsItself(Column column) {
    return column.defaultValue().isPresent() || column.identity().isPresent()
        ? Optional.of(
            new Reason(
                "default-moves",
                label(column),
                "the server gives the column a value in rows of new applications too, which know"
                    + " it no more",
                "Drop its default in a change before, and give the new column one in a change"
                    + " after."))
        : Optional.empty();
  }

  private Optional<Reason> notNull(Column column) {
    return column.notNull()
        ? Optional.of(
            new Reason(
                "not-null-moves",
                label(column),
                "the column refuses NULL, and new applications insert rows without it",
                "Let it hold NULL by alter_column in a change before, and let the new column refuse"
                    + " NULL in a change after."))
        : Optional.empty();
  }

  private Optional<Reason> isKey(MoveColumns operation, Column column) {
    return operation.where().stream().map(Pair::source).anyMatch(column.name()::equals)
        ? Optional.of(
            new Reason(
                "key-moves",
                label(column),
                "by this column the rows of the two tables are known to belong together",
                "Leave it out of \"columns\"."))
        : Optional.empty();
  }
}
