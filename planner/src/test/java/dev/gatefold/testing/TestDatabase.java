package dev.gatefold.testing;

import dev.gatefold.testing.server.OwnServer;
import dev.gatefold.testing.server.TestServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fresh database on the one PostgreSQL server which the tests of a JVM share, and the role that
 * works on it.
 */
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final String NOT_ALLOWED = "42501";

  private final TestServer server;
  private final String name;
  private final String role;

  private TestDatabase(TestServer server, String name, String role) {
    this.server = server;
    this.name = name;
    this.role = role;
  }

  /** For the role of this run: a superuser, or the owner of whatever the test makes. */
  public static TestDatabase create() throws SQLException {
    return switch (RunRole.ofThisRun()) {
      case SUPERUSER -> forSuperuser();
      case OWNER -> {
        TestDatabase database = ownedBy("gatefold_owner");
        database.asSuperuser(RunRole.GRANTED_BY_DBA.formatted(database.role));
        yield database;
      }
    };
  }

  /**
   * For a role that may make schemas, tables in the schema public and temporary ones, and nothing
   * else.
   *
   * @param role a plain name; the role is made where it does not exist
   */
  public static TestDatabase ownedBy(String role) throws SQLException {
    TestDatabase database = create(role);
    database.asSuperuser(RunRole.MADE_BY_DBA.formatted(role, database.name));
    return database;
  }

  /** For what a superuser alone can set up, whatever the role of this run. */
  public static TestDatabase forSuperuser() throws SQLException {
    return create(TestServer.SUPERUSER);
  }

  /** The same on a server whose files lie on this machine, whatever the server of this run. */
  public static TestDatabase onThisMachine() throws SQLException {
    return create(TestServer.onThisMachine(), TestServer.SUPERUSER);
  }

  /** The same on a server that a test has for itself. */
  public static TestDatabase on(OwnServer own) throws SQLException {
    return create(own.server(), TestServer.SUPERUSER);
  }

  /** The same on a server that counts statements, and shows them in the database. */
  public static TestDatabase counting() throws SQLException {
    TestDatabase database = create(TestServer.counting(), TestServer.SUPERUSER);
    database.execute("CREATE EXTENSION pg_stat_statements");
    return database;
  }

  private static TestDatabase create(String role) throws SQLException {
    return create(TestServer.shared(), role);
  }

  private static TestDatabase create(TestServer server, String role) throws SQLException {
    String name = "test_" + COUNT.incrementAndGet();
    on(server, "CREATE DATABASE " + name);
    return new TestDatabase(server, name, role);
  }

  public String name() {
    return name;
  }

  /** The role that works on it. */
  public String role() {
    return role;
  }

  /** The JDBC address, user included. */
  public String url() {
    return url(role);
  }

  /** The same for another user. */
  public String url(String user) {
    return server.url(user, name);
  }

  public Connection connect() throws SQLException {
    return connect(role);
  }

  public Connection connectAsSuperuser() throws SQLException {
    return connect(TestServer.SUPERUSER);
  }

  private Connection connect(String user) throws SQLException {
    return DriverManager.getConnection(url(user));
  }

  /**
   * Runs one or more statements, parted by semicolons, outside a transaction block of the client.
   * What follows RESET SESSION AUTHORIZATION is the superuser's doing, and all of it where the role
   * lacks a right.
   */
  public void execute(String sql) throws SQLException {
    try (Connection connection = connectAsSuperuser()) {
      // By itself: some statements stand alone.
      execute(connection, "SET SESSION AUTHORIZATION " + role);
      execute(connection, sql);
    } catch (SQLException e) {
      requireMissingRight(e);
      asSuperuser(sql);
    }
  }

  public void asSuperuser(String sql) throws SQLException {
    try (Connection connection = connectAsSuperuser()) {
      execute(connection, sql);
    }
  }

  /**
   * One line for each row, columns joined by {@code |}; an SQL NULL reads {@code null}. The
   * superuser asks where the role lacks a right.
   */
  public List<String> queryLines(String sql) throws SQLException {
    try (Connection connection = connect()) {
      return queryLines(connection, sql);
    } catch (SQLException e) {
      requireMissingRight(e);
    }
    try (Connection connection = connectAsSuperuser()) {
      return queryLines(connection, sql);
    }
  }

  private void requireMissingRight(SQLException e) throws SQLException {
    if (role.equals(TestServer.SUPERUSER) || !NOT_ALLOWED.equals(e.getSQLState())) {
      throw e;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> queryLines(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        StringJoiner line = new StringJoiner("|");
        for (int column = 1; column <= columns; column++) {
          line.add(String.valueOf(rows.getString(column)));
        }
        lines.add(line.toString());
      }
      return lines;
    }
  }

  /**
   * Drops the database, its idle replication slots first, and cuts off whoever is still connected.
   */
  @Override
  public void close() throws SQLException {
    on(
        server,
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE NOT active"
            + " AND database = '"
            + name
            + "'");
    on(server, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  private static void on(TestServer server, String sql) throws SQLException {
    String url = server.url(TestServer.SUPERUSER, "postgres");
    try (Connection connection = DriverManager.getConnection(url)) {
      execute(connection, sql);
    }
  }
}
