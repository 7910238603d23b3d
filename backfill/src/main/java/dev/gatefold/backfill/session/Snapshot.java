package dev.gatefold.backfill.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * One picture of a table over many statements, on a connection of its own: REPEATABLE READ, READ
 * ONLY. As long as it is open, vacuum keeps whatever it may still see, and DDL on the table waits.
 * Not thread-safe.
 */
public final class Snapshot implements AutoCloseable {

  private final Connections connections;
  private final String lock;
  private Optional<Connection> taken = Optional.empty();

  /**
   * Takes nothing yet.
   *
   * @param table quoted, with its schema
   */
  public Snapshot(Connections connections, String table) {
    this.connections = connections;
    this.lock =
        """
        SET LOCAL lock_timeout = '50ms'; LOCK TABLE %s IN ACCESS SHARE MODE
        """
            .formatted(table);
  }

  /** Takes the picture as it is now; an earlier one is given back. */
  public Connection fresh() throws SQLException {
    close();
    Connection connection = connections.open();
    taken = Optional.of(connection);
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    try (Statement statement = connection.createStatement()) {
      // Before the first SELECT, which takes the snapshot: to one that is older than the lock a
      // table that was rewritten in between looks empty.
      statement.execute(lock);
    }
    Transactions.prepare(connection, Transactions.ALWAYS);
    return connection;
  }

  /**
   * The picture that was taken.
   *
   * @throws IllegalStateException where there is none
   */
  public Connection taken() {
    return taken.orElseThrow(() -> new IllegalStateException("no snapshot was taken"));
  }

  @Override
  public void close() throws SQLException {
    Optional<Connection> open = taken;
    taken = Optional.empty();
    if (open.isPresent()) {
      // Closing ends the transaction too, whatever state it is in.
      open.get().close();
    }
  }
}
