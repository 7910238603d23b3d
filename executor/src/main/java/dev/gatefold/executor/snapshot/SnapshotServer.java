package dev.gatefold.executor.snapshot;

import dev.gatefold.executor.database.Database;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.snapshot.SchemaSnapshot;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL server of our own with one empty database; gone when it is closed. */
public final class SnapshotServer implements AutoCloseable {

  private static final String DATABASE = "snapshot";
  private static final String FIRST_SUPERUSER = "postgres";
  private static final String SUPERUSER = "gatefold_restorer";

  private final EmbeddedPostgres server;

  private final int version;

  private SnapshotServer(EmbeddedPostgres server, int version) {
    this.server = server;
    this.version = version;
  }

  /** Starts it with a database in the encoding of the snapshot. */
  public static SnapshotServer start(SchemaSnapshot snapshot) throws IOException, SQLException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("wal_level", "logical")
            .setServerConfig("full_page_writes", "off")
            // It would replace the sizes of the snapshot by those of empty tables.
            .setServerConfig("autovacuum", "off")
            .start();
    try (Connection connection = server.getPostgresDatabase().getConnection()) {
      SnapshotServer started =
          new SnapshotServer(server, connection.getMetaData().getDatabaseMajorVersion());
      started.prepare(snapshot.source().encoding());
      return started;
    } catch (SQLException e) {
      server.close();
      throw e;
    }
  }

  private void prepare(String encoding) throws SQLException {
    execute(
        FIRST_SUPERUSER,
        FIRST_SUPERUSER,
        "CREATE ROLE " + SUPERUSER + " SUPERUSER LOGIN",
        "CREATE DATABASE %s TEMPLATE template0 ENCODING %s LOCALE 'C'"
            .formatted(DATABASE, Literal.of(encoding)));
    // Where the snapshot comes from, postgres may be a role like any other.
    execute(
        SUPERUSER,
        DATABASE,
        "ALTER ROLE " + FIRST_SUPERUSER + " RENAME TO gatefold_first_superuser");
  }

  private void execute(String user, String database, String... sql) throws SQLException {
    try (Connection connection = connect(user, database);
        Statement statement = connection.createStatement()) {
      for (String each : sql) {
        statement.execute(each);
      }
    }
  }

  private Connection connect(String user, String database) throws SQLException {
    return new Database(url(user, database)).getConnection();
  }

  private DatabaseUrl url(String user, String database) {
    return DatabaseUrl.parse(server.getJdbcUrl(user, database));
  }

  /** The database, for the superuser. */
  public DatabaseUrl url() {
    return url(SUPERUSER, DATABASE);
  }

  public Connection connectAsSuperuser() throws SQLException {
    return connect(SUPERUSER, DATABASE);
  }

  /** As the role that took the snapshot, and with its search path. */
  Connection connectAs(SchemaSnapshot.Source source) throws SQLException {
    Connection connection = connectAsSuperuser();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION AUTHORIZATION " + Identifier.parse(source.role()).quoted());
      statement.execute(
          "SELECT set_config('search_path', %s, false)".formatted(Literal.of(source.searchPath())));
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** The major version of the server. */
  public int version() {
    return version;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
