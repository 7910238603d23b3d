package dev.gatefold.backfill.fence;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Asks whether this worker still owns the rows.
 *
 * <p>An implementation must lock its record (FOR SHARE) on the given connection, so that the answer
 * holds until the transaction ends. It neither commits nor rolls back.
 */
public interface Fence {

  /**
   * Locks the owner's record and reads it.
   *
   * @param connection in an open transaction
   */
  FenceAnswer check(Connection connection) throws SQLException;
}
