package dev.gatefold.backfill;

import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.session.BoundStatement;

/** Writes down rows that cannot be converted and are left as they are. Thread-safe. */
@FunctionalInterface
public interface RowKeeper {

  /**
   * The statement that does, for the message that passes the row by: it is written down if and only
   * if nobody comes back to it.
   */
  BoundStatement keep(BadRow row);
}
