package dev.gatefold.backfill.fence;

import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.session.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Asks, in the very transaction that writes a batch or looks at a range, whether it may.
 *
 * <p>The statement must lock the owner's record (FOR SHARE) and fail where it may not: with {@link
 * #PAUSED} or {@link #LOST} and a reason in words. The failure takes the rows back, with no second
 * message that could come too late.
 */
@FunctionalInterface
public interface BatchFence {

  /** Somebody asked for a pause; the worker is still welcome. */
  String PAUSED = "GF102";

  /** The rows are no longer for workers of this owner. */
  String LOST = "GF103";

  /** The statement; any result of it is dropped. */
  BoundStatement statement();

  /**
   * Asks by itself.
   *
   * @param connection in an open transaction; where the worker may not go on, it is of no use any
   *     more and is to be rolled back
   */
  default FenceAnswer check(Connection connection) throws SQLException {
    try {
      statement().run(connection);
      return new FenceAnswer.Holding();
    } catch (SQLException e) {
      return switch (Optional.ofNullable(e.getSQLState()).orElse("")) {
        case PAUSED -> new FenceAnswer.Paused(Failure.sentence(e));
        case LOST -> new FenceAnswer.Lost(Failure.sentence(e));
        default -> throw e;
      };
    }
  }
}
