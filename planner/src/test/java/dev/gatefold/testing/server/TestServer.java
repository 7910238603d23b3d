package dev.gatefold.testing.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/**
 * The PostgreSQL server that the tests of a JVM share, started when first asked for and stopped
 * when the JVM ends.
 *
 * @param embedded whether its files and processes are this machine's
 * @param kind in words, for whoever reads the output of a run
 */
public record TestServer(String host, int port, boolean embedded, String kind) {

  /** The role that both kinds of servers are made with; it needs no password. */
  public static final String SUPERUSER = "postgres";

  static final Map<String, String> SETTINGS =
      Map.of("max_connections", "200", "wal_level", "logical", "max_prepared_transactions", "10");

  public static TestServer shared() {
    return Shared.SERVER;
  }

  /** One whose files and processes are this machine's: the shared one, or another beside it. */
  public static TestServer onThisMachine() {
    return shared().embedded() ? shared() : OnThisMachine.SERVER;
  }

  /** One of this machine that counts statements, those of all tests of a run. */
  public static TestServer counting() {
    return Counting.SERVER;
  }

  /** The JDBC address, user included. */
  public String url(String user, String database) {
    return "jdbc:postgresql://%s:%d/%s?user=%s".formatted(host, port, database, user);
  }

  /** Asks the server, and so finds out whether it answers. */
  String version() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(SUPERUSER, "postgres"))) {
      return connection.getMetaData().getDatabaseProductVersion();
    }
  }

  private static final class OnThisMachine {
    static final TestServer SERVER = EmbeddedServer.start("embedded");
  }

  private static final class Counting {
    static final TestServer SERVER =
        EmbeddedServer.start(
            "embedded",
            Map.of(
                "shared_preload_libraries",
                "pg_stat_statements",
                "pg_stat_statements.max",
                "20000"));
  }

  private static final class Shared {
    static final TestServer SERVER = start();

    private static TestServer start() {
      TestServer server = ServerChoice.ofThisRun().start();
      try {
        System.out.printf("Tests run on PostgreSQL %s, %s%n", server.version(), server.kind());
      } catch (SQLException e) {
        throw new IllegalStateException("the server for the tests does not answer", e);
      }
      return server;
    }
  }
}
