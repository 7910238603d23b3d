package dev.gatefold.executor.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * While a session says the same few statements again and again, the server keeps them, and their
 * plans as long as no setting changes that throws plans away: to read and plan them costs several
 * times as much as most of them. Not while the session changes tables: what a statement answers
 * must stay of the same types. Not thread-safe.
 */
public final class KeptStatements implements AutoCloseable {

  /** What is said only once, the driver's statements without parameters among it, is not kept. */
  private static final int SECOND_TIME = 2;

  private final Connection connection;
  private final PGConnection settings;
  private final int threshold;

  private KeptStatements(Connection connection) throws SQLException {
    this.connection = connection;
    this.settings = connection.unwrap(PGConnection.class);
    this.threshold = settings.getPrepareThreshold();
    settings.setPrepareThreshold(SECOND_TIME);
  }

  /** In a session that is used for other things afterwards. */
  public static KeptStatements in(Connection connection) throws SQLException {
    return new KeptStatements(connection);
  }

  /** The session; where it does nothing else, this need not be closed. */
  public Connection connection() {
    return connection;
  }

  /** The server forgets them: whatever comes next may change what they answer. */
  @Override
  public void close() {
    settings.setPrepareThreshold(threshold);
    try (Statement statement = connection.createStatement()) {
      statement.execute("DEALLOCATE ALL");
    } catch (SQLException e) {
      // The session is gone, and they with it.
      System.getLogger(KeptStatements.class.getName())
          .log(System.Logger.Level.DEBUG, "forgetting the statements of a session failed", e);
    }
  }
}
