package dev.gatefold.backfill.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/** Statements whose data errors are an answer rather than the end of the transaction. */
public final class Savepoints {

  private Savepoints() {}

  /** What is tried. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * Tries the work; what it wrote is taken back where it fails, and stays where it succeeds.
   *
   * @throws SQLException for any error that is not about the data of a row
   */
  public static <T> Attempt<T> attempt(Connection connection, Work<T> work) throws SQLException {
    Savepoint savepoint = connection.setSavepoint();
    Attempt<T> attempt = tried(connection, work);
    if (attempt instanceof Attempt.Failed<T>) {
      connection.rollback(savepoint);
    }
    connection.releaseSavepoint(savepoint);
    return attempt;
  }

  /**
   * Tries the work and takes back whatever it wrote, also where it succeeds.
   *
   * @throws SQLException for any error that is not about the data of a row
   */
  public static <T> Attempt<T> dryRun(Connection connection, Work<T> work) throws SQLException {
    Savepoint savepoint = connection.setSavepoint();
    Attempt<T> attempt = tried(connection, work);
    // Rolling back also lets go of the row locks that the work took.
    connection.rollback(savepoint);
    connection.releaseSavepoint(savepoint);
    return attempt;
  }

  private static <T> Attempt<T> tried(Connection connection, Work<T> work) throws SQLException {
    try {
      return new Attempt.Answered<>(work.on(connection));
    } catch (SQLException e) {
      if (Failure.of(e) != Failure.DATA) {
        throw e;
      }
      return new Attempt.Failed<>(e);
    }
  }
}
