package dev.gatefold.testing.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A server of this machine that one test has for itself, and may lose. */
public final class OwnServer implements AutoCloseable {

  private final EmbeddedPostgres running;

  private OwnServer(EmbeddedPostgres running) {
    this.running = running;
  }

  public static OwnServer start() throws IOException {
    EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
    TestServer.SETTINGS.forEach(builder::setServerConfig);
    return new OwnServer(builder.start());
  }

  /** As databases know it. */
  public TestServer server() {
    return new TestServer("localhost", running.getPort(), true, "of one test");
  }

  /** Ends it as {@code pg_ctl stop -m immediate} does: without a word to anybody. */
  public void stopAtOnce() throws IOException, SQLException, InterruptedException {
    String postmaster = Files.readAllLines(data().resolve("postmaster.pid")).get(0);
    int exit = new ProcessBuilder("kill", "-QUIT", postmaster).start().waitFor();
    if (exit != 0) {
      throw new IOException("kill -QUIT ended with " + exit);
    }
  }

  private Path data() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(server().url(TestServer.SUPERUSER, "postgres"));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW data_directory")) {
      row.next();
      return Path.of(row.getString(1));
    }
  }

  @Override
  public void close() throws IOException {
    running.close();
  }
}
