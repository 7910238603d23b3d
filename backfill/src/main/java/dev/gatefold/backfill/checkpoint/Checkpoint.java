package dev.gatefold.backfill.checkpoint;

import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.TableIdentity;
import java.util.Optional;

/**
 * How far the backfill of one table is. Immutable and thread-safe.
 *
 * @param table the table as it was at the last batch
 * @param done the last place that was passed; empty before the first batch
 * @param end where the rows ended when the backfill began: rows behind that are the sync's
 * @param rowsDone rows passed so far, whether or not they had to be written; from block to block a
 *     row that was moved ahead counts once more
 */
public record Checkpoint(TableIdentity table, Optional<Key> done, Key end, long rowsDone) {

  /** The places that are left. */
  public KeyRange rest() {
    return new KeyRange(done, end);
  }

  public boolean complete() {
    return done.equals(Optional.of(end));
  }

  /** The checkpoint after a batch. */
  public Checkpoint passed(TableIdentity seen, Key last, long rows) {
    return new Checkpoint(seen, Optional.of(last), end, rowsDone + rows);
  }
}
