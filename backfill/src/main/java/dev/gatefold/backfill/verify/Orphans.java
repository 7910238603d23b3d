package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.copy.CopySql;
import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.KeyReader;
import dev.gatefold.backfill.range.KeySql;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Copies of nothing: whoever looks at the originals alone never meets them. Immutable and
 * thread-safe.
 */
final class Orphans {

  private final CopySql sql;
  private final KeyReader copies;
  private final int named;

  /** {@code named} is how many of them are wanted by name. */
  Orphans(RowMapping rows, int named) {
    this.sql = new CopySql(rows);
    this.copies = new KeyReader(new KeySql(rows.mirrored().orElseThrow()));
    this.named = named;
  }

  /** Those of a range; they count as mismatches, not as rows. */
  Tally of(Connection connection, KeyRange range) throws SQLException {
    long count = sql.orphans(range).query(connection, rows -> rows.next() ? rows.getLong(1) : 0);
    List<BadRow> wrong =
        count == 0
            ? List.of()
            : copies.where(connection, range, sql.orphan(), named).stream()
                .map(
                    key ->
                        new BadRow(
                            key, "no row of the old table is like this one of the new table"))
                .toList();
    return new Tally(0, count, wrong);
  }
}
