package dev.gatefold.executor.trial.copy;

import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.snapshot.SnapshotServer;
import dev.gatefold.planner.catalog.CatalogReader;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.snapshot.Restoration;
import dev.gatefold.planner.snapshot.Restoration.Restored;
import dev.gatefold.planner.snapshot.SchemaSnapshot;
import dev.gatefold.planner.snapshot.SchemaSnapshot.LeftOut;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables of a change and what they hang together with, on a server of our own. */
public final class TrialCopy implements AutoCloseable {

  private final SnapshotServer server;
  private final Restored restored;

  private TrialCopy(SnapshotServer server, Restored restored) {
    this.server = server;
    this.restored = restored;
  }

  /**
   * Starts the server and makes the schema.
   *
   * @param file the text of the change: tables that it only mentions are made, too
   * @throws IOException if the server of our own does not start
   */
  public static TrialCopy of(SchemaSnapshot snapshot, Change change, String file)
      throws IOException, SQLException {
    SnapshotServer server = SnapshotServer.start(snapshot);
    try (Connection connection = server.connectAsSuperuser();
        Connection settings = server.connectAsSuperuser();
        Statement statement = settings.createStatement()) {
      Restored restored =
          Restoration.restore(
              snapshot, connection, CatalogReader.tables(change), snapshot.mentioned(file));
      // The author of the change meant the names that his own path leads to.
      statement.execute(
          "ALTER ROLE CURRENT_USER SET search_path TO " + snapshot.source().searchPath());
      return new TrialCopy(server, restored);
    } catch (SQLException e) {
      server.close();
      throw e;
    }
  }

  /** Takes some rows of each table from the database itself. */
  public SampleRows.Taken fill(Connection live, int rows) throws SQLException {
    try (Connection connection = server.connectAsSuperuser()) {
      return SampleRows.take(live, connection, rows);
    }
  }

  /** Without these objects the tables are not what they are in the database itself. */
  public List<LeftOut> missing() {
    return restored.needed();
  }

  /** As a superuser. */
  Connection connect() throws SQLException {
    return server.connectAsSuperuser();
  }

  public DatabaseUrl url() {
    return server.url();
  }

  public int version() {
    return server.version();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
