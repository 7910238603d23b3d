package dev.gatefold.executor.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Runs work in one transaction on a connection that is in autocommit mode before and after. */
public final class Transaction {

  private Transaction() {}

  /** Work that answers. */
  public interface Work<T> {
    T run() throws SQLException;
  }

  /** Work that does not. */
  public interface Action {
    void run() throws SQLException;
  }

  /** Commits, or rolls back where the work throws. */
  public static <T> T in(Connection connection, Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    boolean committed = false;
    try {
      T result = work.run();
      connection.commit();
      committed = true;
      return result;
    } finally {
      if (!committed && !connection.isClosed()) {
        connection.rollback();
      }
      if (!connection.isClosed()) {
        connection.setAutoCommit(true);
      }
    }
  }

  public static void run(Connection connection, Action action) throws SQLException {
    in(
        connection,
        () -> {
          action.run();
          return Boolean.TRUE;
        });
  }
}
