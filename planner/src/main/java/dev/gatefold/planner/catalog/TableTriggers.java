package dev.gatefold.planner.catalog;

import dev.gatefold.planner.schema.Trigger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The triggers that users made on a live table and on its partitions. */
public final class TableTriggers {

  private TableTriggers() {}

  /** Reads them on a connection without an open transaction; none where there is no such table. */
  public static List<Trigger> read(Connection connection, long oid) throws SQLException {
    connection.setAutoCommit(false);
    try {
      return new TriggerCatalog(Session.open(connection)).readFamily(oid);
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }
}
