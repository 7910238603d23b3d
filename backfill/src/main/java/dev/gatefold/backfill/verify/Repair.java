package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.range.Key;
import dev.gatefold.planner.plan.SessionSetting;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * What becomes of rows that differ. Immutable.
 *
 * @param settings of its transactions: the sync must leave them alone
 * @param batchTime how long one batch may hold its row locks
 */
public record Repair(Side from, List<SessionSetting> settings, Duration batchTime, Log log) {

  public Repair {
    settings = List.copyOf(settings);
  }

  /** The columns whose values are right. */
  public enum Side {
    OLD,
    NEW
  }

  /** Keeps a record of the rows, in the transaction that writes them. */
  @FunctionalInterface
  public interface Log {
    void repaired(Connection connection, List<Key> rows) throws SQLException;
  }
}
