package dev.gatefold.backfill.lease;

import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.RowMapping;
import java.util.Optional;

/**
 * A table or partition whose rows are filled. Immutable and thread-safe.
 *
 * @param oid of the table or partition
 * @param rowsPerBlock as the server counted last; 0 where it never did
 * @param frontier up to where ranges were cut off; empty before the first
 * @param end where the rows ended when the part was found: rows behind that are the sync's
 */
public record Part(
    long id, TableName table, long oid, double rowsPerBlock, Optional<Key> frontier, Key end) {

  /** What no worker was given yet. */
  KeyRange rest() {
    return new KeyRange(frontier, end);
  }

  /** The mapping of the rows of this part. */
  public RowMapping rows(RowMapping whole) {
    return whole.oid() == oid ? whole : whole.of(table, oid);
  }
}
