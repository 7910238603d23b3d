package dev.gatefold.backfill.verify;

import static dev.gatefold.backfill.session.Expression.inPrepared;

import dev.gatefold.backfill.range.KeySql;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.verify.Repair.Side;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.RowMapping.Filled;
import dev.gatefold.planner.plan.RowMapping.GroupMapping;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The statements that write one side anew from the other. Which rows is a condition that {@link
 * KeySql} makes. Immutable and thread-safe.
 */
public final class RepairSql {

  private final KeySql key;
  private final RightSql right;
  private final List<GroupMapping> groups;
  private final Side from;

  public RepairSql(VerificationJob job, Side from) {
    this.key = new KeySql(job.rows());
    this.right = new RightSql(job);
    this.groups = job.rows().groups();
    this.from = from;
  }

  /**
   * Whether any value can be computed from that side: columns that move to another table have all
   * theirs there, and there may be no way back.
   */
  public static boolean possible(RowMapping rows, Side from) {
    return rows.copy().isPresent()
        || rows.groups().stream().anyMatch(group -> !written(group, from).isEmpty());
  }

  /**
   * Writes those of the rows that are not right, by what they are once they are locked, and answers
   * with their keys. Of several groups of columns only those are written that are not right.
   */
  public BoundStatement update(BoundStatement rows) {
    return BoundStatement.of(
        """
        UPDATE %s SET %s WHERE %s AND (%s) RETURNING %s
        """
            .formatted(
                key.table(),
                groups.stream()
                    .flatMap(group -> written(group, from).stream().map(it -> kept(group, it)))
                    .collect(Collectors.joining(", ")),
                rows.sql(),
                groups.stream()
                    .filter(group -> !written(group, from).isEmpty())
                    .map(group -> "(" + right.right(group) + ") IS NOT TRUE")
                    .collect(Collectors.joining(" OR ")),
                key.texts()),
        rows.parameters());
  }

  /** Locks one row, so that it stays as it is found. */
  public BoundStatement lock(BoundStatement row) {
    return BoundStatement.of(
        "SELECT FROM %s WHERE %s FOR NO KEY UPDATE".formatted(key.table(), row.sql()),
        row.parameters());
  }

  /** For each group, whether it is right in either way; apart, for each question may fail. */
  public List<List<BoundStatement>> proofs(BoundStatement row) {
    return right.proofs(row);
  }

  /** Writes one group of columns of a row that is locked, whatever they are; empty for none. */
  public List<BoundStatement> update(int group, BoundStatement row) {
    return set(group, row, it -> "(" + inPrepared(it.up()) + ")");
  }

  /** Leaves one group of columns of a row without values; empty for none. */
  public List<BoundStatement> clear(int group, BoundStatement row) {
    return set(group, row, it -> "NULL");
  }

  private List<BoundStatement> set(int group, BoundStatement row, Function<Filled, String> value) {
    List<Filled> columns = written(groups.get(group), from);
    return columns.isEmpty()
        ? List.of()
        : List.of(
            BoundStatement.of(
                "UPDATE %s SET %s WHERE %s"
                    .formatted(
                        key.table(),
                        columns.stream()
                            .map(it -> it.column().quoted() + " = " + value.apply(it))
                            .collect(Collectors.joining(", ")),
                        row.sql()),
                row.parameters()));
  }

  private String kept(GroupMapping group, Filled column) {
    return "%1$s = CASE WHEN %2$s THEN %3$s.%1$s ELSE (%4$s) END"
        .formatted(
            column.column().quoted(), right.right(group), RowMapping.ROW, inPrepared(column.up()));
  }

  private static List<Filled> written(GroupMapping group, Side from) {
    return from == Side.NEW
        ? group.downs()
        : group.news().stream().filter(column -> !isItself(column)).toList();
  }

  private static boolean isItself(Filled column) {
    return column.up().equals(RowMapping.ROW + "." + column.column().quoted());
  }
}
