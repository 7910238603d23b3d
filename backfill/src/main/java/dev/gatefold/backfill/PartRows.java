package dev.gatefold.backfill;

import dev.gatefold.backfill.lease.LeasedRange;
import dev.gatefold.backfill.range.Density;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.Ranges;
import dev.gatefold.backfill.range.Ranges.Slice;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The rows of one part of a backfill, as one worker knows them. Not thread-safe. */
final class PartRows {

  private final RowMapping rows;
  private final Ranges ranges;
  private final BatchSql sql;
  private final Density density;

  /** {@code density} is that of the part, which is kept from range to range. */
  PartRows(BackfillJob job, LeasedRange range, Density density) {
    this.rows = range.part().rows(job.rows());
    this.ranges = Ranges.of(rows);
    this.sql = new BatchSql(rows, job.keepNew());
    this.density = density;
  }

  RowMapping mapping() {
    return rows;
  }

  BatchSql sql() {
    return sql;
  }

  /** The rows of a batch that the server need not be asked for. */
  Optional<KeyRange> guess(KeyRange rest, int size) {
    return ranges
        .guess(rest, size, density.rowsPerBlock())
        .map(guess -> ranges.beginning(guess, density.mostBlocks()));
  }

  /** Whether a guess has about as many rows as it should have. */
  boolean guessesWell() {
    return density.isFound();
  }

  Slice slice(Connection connection, KeyRange rest, int size) throws SQLException {
    return ranges.slice(connection, rest, size);
  }

  /** The count that the server had when the batch began; it goes on from batch to batch. */
  BoundStatement countBefore() {
    return BoundStatement.of(
        """
        SELECT pg_catalog.set_config('gatefold.rows_before',
            pg_catalog.pg_stat_get_xact_tuples_returned(?::oid)::text, true)""",
        List.of(Long.toString(rows.oid())));
  }

  /** Learns from a range how many rows a block has. */
  void passed(KeyRange range, long rowsPassed) {
    density.passed(ranges.blocks(range), rowsPassed);
  }
}
