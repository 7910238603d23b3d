package dev.gatefold.backfill.verify;

import static dev.gatefold.backfill.session.Expression.inPrepared;

import dev.gatefold.backfill.pace.Breath;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.KeySql;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.planner.plan.RowMapping.GroupMapping;
import java.util.List;
import java.util.stream.Collectors;

/** When a row is right, as SQL over the row {@code t}. Immutable and thread-safe. */
final class RightSql {

  private final KeySql key;
  private final List<GroupMapping> groups;
  private final boolean eitherWay;

  RightSql(VerificationJob job) {
    this.key = new KeySql(job.rows());
    this.groups = job.rows().groups();
    this.eitherWay = job.eitherWay();
  }

  /** True for a row that is not right; an unknown answer counts as no. */
  String wrong() {
    return groups.stream()
        .map(group -> "(" + right(group) + ") IS NOT TRUE")
        .collect(Collectors.joining(" OR "));
  }

  /** Rows and mismatches of the range. */
  BoundStatement tally(KeyRange range, Breath breath) {
    return BoundStatement.of(
        """
        SELECT count(*), count(*) FILTER (WHERE %s) FROM %s WHERE %s AND %s
        """
            .formatted(wrong(), key.table(), key.within(range), breath.at("true")),
        range.parameters());
  }

  /**
   * For each group of columns the statements any of which makes it right when it answers true:
   * apart, since each may fail where the other does not.
   */
  List<List<BoundStatement>> proofs(BoundStatement rows) {
    return groups.stream()
        .map(
            group ->
                eitherWay
                    ? List.of(holds(group.newIsUp(), rows), holds(group.oldIsDown(), rows))
                    : List.of(holds(group.newIsUp(), rows)))
        .toList();
  }

  private BoundStatement holds(String condition, BoundStatement rows) {
    return BoundStatement.of(
        """
        SELECT coalesce(bool_and((%s) IS TRUE), true) FROM %s WHERE %s
        """
            .formatted(inPrepared(condition), key.table(), rows.sql()),
        rows.parameters());
  }

  /** Whether a group of columns is right. */
  String right(GroupMapping group) {
    String newIsUp = inPrepared(group.newIsUp());
    return eitherWay
        ? "CASE WHEN (%s) THEN true ELSE (%s) END".formatted(newIsUp, inPrepared(group.oldIsDown()))
        : newIsUp;
  }
}
