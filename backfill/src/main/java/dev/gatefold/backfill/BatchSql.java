package dev.gatefold.backfill;

import static dev.gatefold.backfill.session.Expression.inPrepared;

import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.KeySql;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.RowMapping.ColumnMapping;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The statements that fill the rows of a range. Immutable and thread-safe. */
final class BatchSql {

  private final KeySql key;
  private final List<ColumnMapping> columns;
  private final boolean keepNew;

  BatchSql(RowMapping mapping, boolean keepNew) {
    this.key = new KeySql(mapping);
    this.columns = mapping.columns();
    this.keepNew = keepNew;
  }

  /** Fills the rows of the range that are not right yet. */
  BoundStatement update(KeyRange range) {
    String assignments = each(", ", column -> column.newColumn().quoted() + " = " + value(column));
    return BoundStatement.of(
        """
        UPDATE %s SET %s WHERE %s AND (%s)
        """
            .formatted(key.table(), assignments, key.within(range), anyStale()),
        range.parameters());
  }

  /** Computes whatever {@link #update} would, and writes nothing. */
  BoundStatement evaluation(KeyRange range) {
    return BoundStatement.of(
        """
        SELECT %s FROM %s WHERE %s AND (%s)
        """
            .formatted(
                each(", ", column -> "count(" + value(column) + ")"),
                key.table(),
                key.within(range),
                anyStale()),
        range.parameters());
  }

  private String anyStale() {
    return each(" OR ", column -> "(" + right(column) + ") IS NOT TRUE");
  }

  private String value(ColumnMapping column) {
    String up = "(" + inPrepared(column.up()) + ")";
    // One stale pair gets the row into the batch; a right one beside it must keep what a new
    // application wrote, for up(down(x)) need not be x.
    return keepNew
        ? "CASE WHEN %s THEN %s.%s ELSE %s END"
            .formatted(right(column), RowMapping.ROW, column.newColumn().quoted(), up)
        : up;
  }

  private String right(ColumnMapping column) {
    String newIsUp = "(" + inPrepared(column.newIsUp()) + ")";
    // The old side first: a value that a new application wrote need not have an image under `up`,
    // and CASE does not compute what it does not need.
    return keepNew
        ? "CASE WHEN (%s) THEN true ELSE %s END".formatted(inPrepared(column.oldIsDown()), newIsUp)
        : newIsUp;
  }

  private String each(String separator, Function<ColumnMapping, String> part) {
    return columns.stream().map(part).collect(Collectors.joining(separator));
  }
}
