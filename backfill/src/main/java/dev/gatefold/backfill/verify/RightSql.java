package dev.gatefold.backfill.verify;

import static dev.gatefold.backfill.session.Expression.inPrepared;

import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.KeySql;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.planner.plan.RowMapping.ColumnMapping;
import java.util.List;
import java.util.stream.Collectors;

/** When a row is right, as SQL over the row {@code t}. Immutable and thread-safe. */
final class RightSql {

  private final KeySql key;
  private final List<ColumnMapping> columns;
  private final boolean eitherWay;

  RightSql(VerificationJob job) {
    this.key = new KeySql(job.rows());
    this.columns = job.rows().columns();
    this.eitherWay = job.eitherWay();
  }

  /** True for a row that is not right; an unknown answer counts as no. */
  String wrong() {
    return columns.stream()
        .map(column -> "(" + right(column) + ") IS NOT TRUE")
        .collect(Collectors.joining(" OR "));
  }

  /** Rows and mismatches of the range. */
  BoundStatement tally(KeyRange range) {
    return BoundStatement.of(
        """
        SELECT count(*), count(*) FILTER (WHERE %s) FROM %s WHERE %s
        """
            .formatted(wrong(), key.table(), key.within(range)),
        range.parameters());
  }

  /**
   * For each column the statements any of which makes it right when it answers true: apart, since
   * each may fail where the other does not.
   */
  List<List<BoundStatement>> proofs(KeyRange range) {
    return columns.stream()
        .map(
            column ->
                eitherWay
                    ? List.of(holds(column.newIsUp(), range), holds(column.oldIsDown(), range))
                    : List.of(holds(column.newIsUp(), range)))
        .toList();
  }

  private BoundStatement holds(String condition, KeyRange range) {
    return BoundStatement.of(
        """
        SELECT coalesce(bool_and((%s) IS TRUE), true) FROM %s WHERE %s
        """
            .formatted(inPrepared(condition), key.table(), key.within(range)),
        range.parameters());
  }

  private String right(ColumnMapping column) {
    String newIsUp = inPrepared(column.newIsUp());
    return eitherWay
        ? "CASE WHEN (%s) THEN true ELSE (%s) END"
            .formatted(newIsUp, inPrepared(column.oldIsDown()))
        : newIsUp;
  }
}
