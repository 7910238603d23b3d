package dev.gatefold.executor.demo;

import dev.gatefold.executor.demo.traffic.Traffic;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL server of its own with a shop's table of orders; gone when it is closed. */
final class DemoDatabase implements AutoCloseable {

  private static final String NAME = "shop";
  private static final String OWNER = "postgres";
  private static final String APPLICATION = "shop_application";

  private final EmbeddedPostgres server;

  private DemoDatabase(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Stopped and deleted when it is closed, and also when the process is told to end. */
  static DemoDatabase start() throws IOException {
    return new DemoDatabase(
        EmbeddedPostgres.builder()
            // One checkpoint less in the middle of a minute.
            .setServerConfig("max_wal_size", "4GB")
            .start());
  }

  /** Makes the database, the table with so many orders, and the role of the applications. */
  void fill(long rows) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.getJdbcUrl(OWNER, OWNER));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + NAME);
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      Traffic.createOrders(connection, rows);
      statement.execute(
          """
          CREATE ROLE %1$s LOGIN;
          GRANT SELECT, INSERT, UPDATE, DELETE ON orders TO %1$s\
          """
              .formatted(APPLICATION));
    }
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }

  /** For Gatefold, which owns the table. */
  String url() {
    return server.getJdbcUrl(OWNER, NAME);
  }

  /** For the applications, which may only read and write rows. */
  String applicationUrl() {
    return server.getJdbcUrl(APPLICATION, NAME);
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
