package dev.gatefold.executor.database;

import dev.gatefold.backfill.feed.FeedServer;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.Driver;

/**
 * Opens connections to the target, each with the same settings. A {@link DataSource} for libraries
 * that want one; it pools nothing. Thread-safe.
 */
public final class Database implements DataSource {

  private static final int CONNECT_SECONDS = 10;
  private static final int HASTY_CONNECT_SECONDS = 3;
  private static final int HASTY_ANSWER_SECONDS = 3;

  /**
   * Whatever else the URL asks for: several statements in one message are one transaction, no
   * statement is kept on the server, where it would not survive our own DDL, but for {@link
   * KeptStatements}, and an error ends its transaction. The last one of a name counts.
   */
  private static final String OURS =
      "preferQueryMode=extended&prepareThreshold=0&stringtype=varchar&autosave=never&defaultRowFetchSize=0";

  /** What the driver makes of the parts of a URL that a reader of the log is told by themselves. */
  private static final Set<String> NAMED_APART =
      Set.of("PGHOST", "PGPORT", "PGDBNAME", "user", "password");

  private final DatabaseUrl url;
  private final int connectSeconds;
  private final int answerSeconds;

  /** Of the target, which is written to: of several hosts, the one that is the primary. */
  public Database(DatabaseUrl url) {
    this(url.ofPrimary(), CONNECT_SECONDS, 0);
  }

  private Database(DatabaseUrl url, int connectSeconds, int answerSeconds) {
    this.url = url;
    this.connectSeconds = connectSeconds;
    this.answerSeconds = answerSeconds;
  }

  /** For a look beside the work, which must not hang on a server that does not answer. */
  public static Database inHaste(DatabaseUrl url) {
    return new Database(url, HASTY_CONNECT_SECONDS, HASTY_ANSWER_SECONDS);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "gatefold");
    properties.setProperty("connectTimeout", String.valueOf(connectSeconds));
    // Of the driver, for a server that is gone without a word; nought waits for ever.
    properties.setProperty("socketTimeout", String.valueOf(answerSeconds));
    properties.setProperty("tcpKeepAlive", "true");
    // As psql does; what stands in the URL comes first.
    fromEnvironment("PGUSER", "user", properties);
    fromEnvironment("PGPASSWORD", "password", properties);
    Connection connection = DriverManager.getConnection(url.jdbcWith(OURS), properties);
    try {
      configure(connection, answerSeconds);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** The same server for whoever reads its log, on connections that are opened elsewhere. */
  public FeedServer feedServer() {
    Properties all = Driver.parseURL(url.jdbc(), new Properties());
    if (all == null) {
      throw new IllegalStateException("the driver does not know the URL of " + url);
    }
    Properties environment = new Properties();
    fromEnvironment("PGUSER", "user", environment);
    fromEnvironment("PGPASSWORD", "password", environment);
    environment.forEach(all::putIfAbsent);
    String[] hosts = all.getProperty("PGHOST", "localhost").split(",", -1);
    String[] ports = all.getProperty("PGPORT", "5432").split(",", -1);
    int last = hosts.length - 1;
    StringBuilder before = new StringBuilder();
    for (int i = 0; i < last; i++) {
      before.append(hosts[i]).append(':').append(ports[i]).append(',');
    }
    Map<String, String> settings = new HashMap<>();
    for (String name : all.stringPropertyNames()) {
      if (!NAMED_APART.contains(name)) {
        settings.put(name, all.getProperty(name));
      }
    }
    return new FeedServer(
        before + hosts[last],
        Integer.parseInt(ports[last]),
        all.getProperty("PGDBNAME", ""),
        all.getProperty("user", System.getProperty("user.name")),
        Optional.ofNullable(all.getProperty("password")),
        settings);
  }

  private static void fromEnvironment(String variable, String property, Properties properties) {
    String value = System.getenv(variable);
    if (value != null && !value.isEmpty()) {
      properties.setProperty(property, value);
    }
  }

  private static void configure(Connection connection, int answerSeconds) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // row_security: a policy shall fail a statement rather than hide rows from it.
      statement.execute(
          """
          SET row_security = off;
          SET TimeZone = 'UTC';
          SET DateStyle = 'ISO, YMD';
          SET IntervalStyle = 'postgres';
          SET extra_float_digits = 1;
          SET bytea_output = hex;
          SET lock_timeout = 0;
          SET statement_timeout = '%ds';
          SET idle_in_transaction_session_timeout = 0;
          %s
          SET client_min_messages = warning"""
              .formatted(answerSeconds, longTransactions(connection)));
    }
    try (PreparedStatement origin =
        connection.prepareStatement("SELECT set_config('gatefold.process', ?, false)")) {
      origin.setString(1, OwnProcess.words());
      origin.execute();
    }
    endWithClient(connection);
  }

  /** Since PostgreSQL 17 a role or database may bound transactions; ours take what they take. */
  private static String longTransactions(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseMajorVersion() < 17
        ? ""
        : "SET transaction_timeout = 0;";
  }

  /** Lets the server end a long statement of ours when this process is killed. */
  private static void endWithClient(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET client_connection_check_interval = '1s'");
    } catch (SQLException e) {
      // Not every platform can look at an idle socket; there the statement ends by itself.
      if (!"22023".equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the URL says who connects");
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    throw new SQLFeatureNotSupportedException("no log");
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("no log");
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException("the timeout is fixed");
  }

  @Override
  public int getLoginTimeout() {
    return connectSeconds;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("no log");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
