package dev.gatefold.backfill;

import static dev.gatefold.backfill.session.Expression.inPrepared;

import dev.gatefold.backfill.copy.CopySql;
import dev.gatefold.backfill.copy.CopyTurn;
import dev.gatefold.backfill.pace.Breath;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.KeySql;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.RowMapping.Filled;
import dev.gatefold.planner.plan.RowMapping.GroupMapping;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The statements that fill the rows of a range. Immutable and thread-safe. */
final class BatchSql {

  private final KeySql key;
  private final List<GroupMapping> groups;
  private final Optional<String> where;
  private final boolean keepNew;
  private final Optional<CopyBatch> copy;

  /** Copies instead of filling, in turn with whoever follows changes. */
  private record CopyBatch(CopySql sql, BoundStatement turn) {
    static CopyBatch of(RowMapping mapping) {
      return new CopyBatch(new CopySql(mapping), CopyTurn.together(mapping));
    }
  }

  BatchSql(RowMapping mapping, boolean keepNew) {
    this.key = new KeySql(mapping);
    this.groups = mapping.groups();
    this.where = mapping.where();
    this.keepNew = keepNew;
    this.copy = mapping.copy().map(it -> CopyBatch.of(mapping));
  }

  /** Fills the rows of the range that are not right yet. */
  BoundStatement update(KeyRange range, Breath breath) {
    return copy.map(it -> it.turn().then(it.sql().copied(key.rows(range), breath)))
        .orElseGet(() -> filling(range, breath));
  }

  private BoundStatement filling(KeyRange range, Breath breath) {
    String assignments =
        eachColumn((group, column) -> column.column().quoted() + " = " + value(group, column));
    return BoundStatement.of(
        """
        UPDATE %s SET %s WHERE %s AND %s
        """
            .formatted(key.table(), assignments, key.within(range), breath.at(anyStale())),
        range.parameters());
  }

  /** Computes whatever {@link #update} would, and writes nothing. */
  BoundStatement evaluation(KeyRange range) {
    if (copy.isPresent()) {
      // Values are taken as they are.
      return BoundStatement.of("SELECT");
    }
    return BoundStatement.of(
        """
        SELECT %s FROM %s WHERE %s AND (%s)
        """
            .formatted(
                eachColumn((group, column) -> "count(" + value(group, column) + ")"),
                key.table(),
                key.within(range),
                anyStale()),
        range.parameters());
  }

  private String anyStale() {
    String stale =
        groups.stream()
            .map(group -> "(" + right(group) + ") IS NOT TRUE")
            .collect(Collectors.joining(" OR "));
    // CASE computes nothing from a row that is not meant: its values may have no image.
    return where
        .map(it -> "CASE WHEN (%s) THEN %s ELSE false END".formatted(inPrepared(it), stale))
        .orElse(stale);
  }

  private String value(GroupMapping group, Filled column) {
    String up = "(" + inPrepared(column.up()) + ")";
    // One stale group gets the row into the batch; a right one beside it must keep what a new
    // application wrote, for up(down(x)) need not be x.
    return keepNew
        ? "CASE WHEN %s THEN %s.%s ELSE %s END"
            .formatted(right(group), RowMapping.ROW, column.column().quoted(), up)
        : up;
  }

  private String right(GroupMapping group) {
    String newIsUp = "(" + inPrepared(group.newIsUp()) + ")";
    // The old side first: a value that a new application wrote need not have an image under `up`,
    // and CASE does not compute what it does not need.
    return keepNew
        ? "CASE WHEN (%s) THEN true ELSE %s END".formatted(inPrepared(group.oldIsDown()), newIsUp)
        : newIsUp;
  }

  private String eachColumn(BiFunction<GroupMapping, Filled, String> part) {
    return groups.stream()
        .flatMap(group -> group.news().stream().map(column -> part.apply(group, column)))
        .collect(Collectors.joining(", "));
  }
}
