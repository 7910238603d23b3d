package dev.gatefold.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;

/** A fresh database on the one PostgreSQL server which the tests of a JVM share. */
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name;

  private TestDatabase(String name) {
    this.name = name;
  }

  public static TestDatabase create() throws SQLException {
    String name = "test_" + COUNT.incrementAndGet();
    onServer("CREATE DATABASE " + name);
    return new TestDatabase(name);
  }

  public String name() {
    return name;
  }

  /** The JDBC address, user included. */
  public String url() {
    return Server.STARTED.getJdbcUrl("postgres", name);
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }

  /**
   * Runs one or more statements, parted by semicolons, outside a transaction block of the client.
   */
  public void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** One line for each row, columns joined by {@code |}; an SQL NULL reads {@code null}. */
  public List<String> queryLines(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
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
    onServer(
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE NOT active"
            + " AND database = '"
            + name
            + "'");
    onServer("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  private static void onServer(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(Server.STARTED.getJdbcUrl("postgres", "postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Holds the server, started when first asked for and stopped when the JVM ends. */
  private static final class Server {
    static final EmbeddedPostgres STARTED = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("max_connections", "200")
            .setServerConfig("wal_level", "logical")
            .setServerConfig("max_prepared_transactions", "10")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
