package dev.gatefold.executor.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * While a session says the same few statements again and again, the server reads and plans each of
 * them once, which costs several times as much as most of them. Not while it changes tables: what a
 * statement answers must stay of the same types. Not thread-safe.
 */
public final class KeptStatements implements AutoCloseable {

  private final Connection connection;
  private final PGConnection settings;
  private final int threshold;

  private KeptStatements(Connection connection) throws SQLException {
    this.connection = connection;
    this.settings = connection.unwrap(PGConnection.class);
    this.threshold = settings.getPrepareThreshold();
    settings.setPrepareThreshold(1);
  }

  /** In a session that is used for other things afterwards. */
  public static KeptStatements in(Connection connection) throws SQLException {
    return new KeptStatements(connection);
  }

  /** The session; where it does nothing else, this need not be closed. */
  public Connection connection() {
    return connection;
  }

  @Override
  public void close() {
    settings.setPrepareThreshold(threshold);
  }
}
