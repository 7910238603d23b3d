package dev.gatefold.backfill.session;

import dev.gatefold.planner.plan.SessionSetting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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

  /** What a transaction of ours says in the log before it writes rows that a feed tells of. */
  public static final String OWN = "own";

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
  private final Optional<String> announcedTo;
  private final boolean flushed;

  private Transactions(
      Connection connection,
      List<SessionSetting> settings,
      Optional<String> announcedTo,
      boolean flushed) {
    this.connection = connection;
    this.settings = settings;
    this.announcedTo = announcedTo;
    this.flushed = flushed;
  }

  /**
   * Takes the connection over.
   *
   * @param settings set in each transaction, for it alone, beside those that every batch needs
   * @throws IllegalStateException where the connection is not in autocommit mode
   */
  public static Transactions on(Connection connection, List<SessionSetting> settings)
      throws SQLException {
    return on(connection, settings, Optional.empty());
  }

  /**
   * The same where a change feed is to know what they write, and leave it out.
   *
   * @param announcedTo the feed's prefix of messages in the log
   */
  public static Transactions on(
      Connection connection, List<SessionSetting> settings, Optional<String> announcedTo)
      throws SQLException {
    return on(connection, settings, announcedTo, false);
  }

  /** The same of which none is lost once it is committed: nobody would do it again. */
  public static Transactions lasting(Connection connection, List<SessionSetting> settings)
      throws SQLException {
    return on(connection, settings, Optional.empty(), true);
  }

  private static Transactions on(
      Connection connection,
      List<SessionSetting> settings,
      Optional<String> announcedTo,
      boolean flushed)
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
    return new Transactions(connection, List.copyOf(all), announcedTo, flushed);
  }

  public Transaction begin() throws SQLException {
    connection.setAutoCommit(false);
    Transaction transaction = new Transaction(connection);
    try {
      prepare(connection, settings());
      return transaction;
    } catch (SQLException e) {
      transaction.abandon(e);
      throw e;
    }
  }

  static void prepare(Connection connection, List<SessionSetting> settings) throws SQLException {
    prepare(connection, made(COMMIT_UNFLUSHED, settings));
  }

  private static void prepare(Connection connection, BoundStatement settings) throws SQLException {
    // Deferred constraints speak at the statement, whose rows can then be found, not at COMMIT.
    BoundStatement.of("SET CONSTRAINTS ALL IMMEDIATE").then(settings).run(connection);
  }

  /** What makes the settings of a batch, for a transaction that is one message. */
  public BoundStatement settings() {
    return flushed ? made("NULL", settings) : made(COMMIT_UNFLUSHED, settings);
  }

  /** The same for one that writes rows of the table. */
  public BoundStatement writing() {
    return announcedTo
        .map(
            feed ->
                settings()
                    .then(
                        BoundStatement.of(
                            "SELECT pg_catalog.pg_logical_emit_message(true, ?, ?)::text",
                            List.of(feed, OWN))))
        .orElseGet(this::settings);
  }

  private static BoundStatement made(String first, List<SessionSetting> settings) {
    return BoundStatement.of(
        """
        SELECT %s, %s"""
            .formatted(
                first,
                String.join(
                    ", ",
                    Collections.nCopies(settings.size(), "pg_catalog.set_config(?, ?, true)"))),
        settings.stream().flatMap(setting -> Stream.of(setting.name(), setting.value())).toList());
  }

  /**
   * A transaction of somebody else's under the settings of a batch, until it is closed. The lock
   * timeout stays as it is.
   *
   * @param before what the settings were
   */
  public record Borrowed(Connection connection, List<SessionSetting> before)
      implements AutoCloseable {

    @Override
    public void close() throws SQLException {
      made("NULL", before).run(connection);
    }
  }

  /** Lets an open transaction have the settings of a batch for a while. */
  public static Borrowed borrow(Connection connection, List<SessionSetting> settings)
      throws SQLException {
    List<SessionSetting> all = new ArrayList<>(ALWAYS);
    all.addAll(settings);
    all.removeIf(setting -> setting.name().equals("lock_timeout"));
    List<SessionSetting> before = new ArrayList<>();
    for (SessionSetting setting : all) {
      before.add(
          new SessionSetting(
              setting.name(),
              BoundStatement.of(
                      "SELECT coalesce(pg_catalog.current_setting(?, true), '')",
                      List.of(setting.name()))
                  .query(connection, rows -> rows.next() ? rows.getString(1) : "")));
    }
    prepare(connection, made("NULL", all));
    return new Borrowed(connection, List.copyOf(before));
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
