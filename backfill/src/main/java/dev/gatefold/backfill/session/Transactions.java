package dev.gatefold.backfill.session;

import dev.gatefold.planner.plan.SessionSetting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Short transactions, one after the other, on a connection that the caller lends in autocommit mode
 * and gets back in it. READ COMMITTED: a batch must see, and wait for, the newest version of each
 * row. Not thread-safe.
 */
public final class Transactions implements AutoCloseable {

  static final List<SessionSetting> ALWAYS =
      List.of(
          // Far below deadlock_timeout: in a deadlock it is never the application that dies.
          new SessionSetting("lock_timeout", "50ms"),
          // The key's index alone: a scan of the whole table could not be a short transaction, and
          // it would apply a mapping to rows outside the range, whose errors are not this range's.
          new SessionSetting("enable_seqscan", "off"),
          new SessionSetting("enable_bitmapscan", "off"),
          // And where there is no key, the blocks of the range alone.
          new SessionSetting("enable_tidscan", "on"),
          // A key is kept as text, maybe for another session: it must read back as the same value.
          new SessionSetting("DateStyle", "ISO, YMD"),
          new SessionSetting("IntervalStyle", "postgres"),
          new SessionSetting("extra_float_digits", "1"));

  /**
   * The transaction's commit waits neither for the disk nor for a standby, and no commit of others
   * waits while it would: for what may be lost in a crash.
   */
  public static final BoundStatement UNFLUSHED =
      BoundStatement.of("SELECT pg_catalog.set_config('synchronous_commit', 'off', true)");

  /**
   * A commit does not wait for the disk. A crash of the server may then take the last batches, but
   * each with the word that it is done, so they are done again; and no later commit that does wait,
   * such as the record of the whole step, can be there without them. Where commits wait for a
   * standby it stays so: that is what keeps a backfill from running away from it.
   */
  private static final String COMMIT_UNFLUSHED =
      """
      CASE WHEN pg_catalog.current_setting('synchronous_standby_names') = ''
           THEN pg_catalog.set_config('synchronous_commit', 'off', true) END""";

  /**
   * Stands for the whole session, beside each transaction: whenever it changes, the server throws
   * away all plans of the session, which are those of the statements that batches are made of.
   */
  private static final SessionSetting KEEPS_PLANS = SessionSetting.AS_REPLICA;

  private final Connection connection;
  private final List<SessionSetting> settings;

  private Transactions(Connection connection, List<SessionSetting> settings) {
    this.connection = connection;
    this.settings = settings;
  }

  /**
   * Takes the connection over.
   *
   * @param settings set in each transaction, for it alone, beside those that every batch needs
   * @throws IllegalStateException where the connection is not in autocommit mode
   */
  public static Transactions on(Connection connection, List<SessionSetting> settings)
      throws SQLException {
    if (!connection.getAutoCommit()) {
      throw new IllegalStateException("the connection must be lent in autocommit mode");
    }
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    List<SessionSetting> all = new ArrayList<>(ALWAYS);
    all.addAll(settings);
    if (all.contains(KEEPS_PLANS)) {
      BoundStatement.of(
              "SELECT pg_catalog.set_config(?, ?, false)",
              List.of(KEEPS_PLANS.name(), KEEPS_PLANS.value()))
          .run(connection);
    }
    return new Transactions(connection, List.copyOf(all));
  }

  public Transaction begin() throws SQLException {
    connection.setAutoCommit(false);
    Transaction transaction = new Transaction(connection);
    try {
      prepare(connection, settings);
      return transaction;
    } catch (SQLException e) {
      transaction.abandon(e);
      throw e;
    }
  }

  static void prepare(Connection connection, List<SessionSetting> settings) throws SQLException {
    // Deferred constraints speak at the statement, whose rows can then be found, not at COMMIT.
    BoundStatement.of("SET CONSTRAINTS ALL IMMEDIATE").then(made(settings)).run(connection);
  }

  /** What makes the settings of a batch, for a transaction that is one message. */
  public BoundStatement settings() {
    return made(settings);
  }

  private static BoundStatement made(List<SessionSetting> settings) {
    return BoundStatement.of(
        """
        SELECT %s, %s"""
            .formatted(
                COMMIT_UNFLUSHED,
                String.join(
                    ", ",
                    Collections.nCopies(settings.size(), "pg_catalog.set_config(?, ?, true)"))),
        settings.stream().flatMap(setting -> Stream.of(setting.name(), setting.value())).toList());
  }

  /** Gives the connection back in autocommit mode. */
  @Override
  public void close() throws SQLException {
    connection.setAutoCommit(true);
    if (settings.contains(KEEPS_PLANS)) {
      BoundStatement.of("RESET " + KEEPS_PLANS.name()).run(connection);
    }
  }
}
