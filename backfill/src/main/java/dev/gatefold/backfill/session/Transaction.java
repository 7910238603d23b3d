package dev.gatefold.backfill.session;

import java.sql.Connection;
import java.sql.SQLException;

/** One open transaction; closed without a commit it is rolled back. Not thread-safe. */
public final class Transaction implements AutoCloseable {

  private final Connection connection;
  private boolean open = true;

  Transaction(Connection connection) {
    this.connection = connection;
  }

  public Connection connection() {
    return connection;
  }

  /**
   * Commits.
   *
   * @throws SQLException after which the outcome may be unknown; what was written beside the rows
   *     to say how far they are tells it to whoever comes next
   */
  public void commit() throws SQLException {
    connection.commit();
    open = false;
    connection.setAutoCommit(true);
  }

  @Override
  public void close() throws SQLException {
    if (open) {
      open = false;
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  void abandon(SQLException reason) {
    try {
      close();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }
}
