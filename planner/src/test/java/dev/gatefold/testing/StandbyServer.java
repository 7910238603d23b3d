package dev.gatefold.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A physical standby of the server that the tests share, as pg_basebackup would make it. It has all
 * databases of that server, and leaves nothing on it.
 */
public final class StandbyServer implements AutoCloseable {

  /** Which belong to the running server, or would claim log of it. */
  private static final Set<String> NOT_COPIED =
      Set.of(
          "postmaster.pid",
          "postmaster.opts",
          "epg-lock",
          "pg_replslot",
          "pg_stat_tmp",
          "pg_subtrans",
          "pg_notify",
          "pg_snapshots",
          "pg_dynshmem");

  private final EmbeddedPostgres server;
  private final Path folder;

  private StandbyServer(EmbeddedPostgres server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /** Starts one of the server on which the database lies; it follows from then on. */
  public static StandbyServer of(TestDatabase primary) throws SQLException, IOException {
    Path folder =
        Files.createTempDirectory(
            "gatefold-standby",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (Connection connection = primary.connect()) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      ask(
          connection,
          version >= 15
              ? "SELECT pg_backup_start('standby', true)"
              : "SELECT pg_start_backup('standby', true, false)");
      copy(Path.of(ask(connection, "SHOW data_directory")), folder);
      Files.writeString(
          folder.resolve("backup_label"),
          ask(
              connection,
              version >= 15
                  ? "SELECT labelfile FROM pg_backup_stop(false)"
                  : "SELECT labelfile FROM pg_stop_backup(false, false)"));
      Files.createFile(folder.resolve("standby.signal"));
      Files.writeString(
          folder.resolve("postgresql.auto.conf"),
          "primary_conninfo = 'host=127.0.0.1 port=%s user=postgres application_name=follower'\n"
              .formatted(ask(connection, "SHOW port")),
          StandardOpenOption.APPEND);
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setDataDirectory(folder)
              .setCleanDataDirectory(false)
              // A standby does not start with less than its primary has.
              .setServerConfig("max_connections", ask(connection, "SHOW max_connections"))
              .setServerConfig(
                  "max_prepared_transactions", ask(connection, "SHOW max_prepared_transactions"))
              .setServerConfig(
                  "shared_preload_libraries", ask(connection, "SHOW shared_preload_libraries"))
              // What it has replayed it tells with the log that it receives, or this often.
              .setServerConfig("wal_receiver_status_interval", "1s")
              .start();
      return new StandbyServer(server, folder);
    }
  }

  /** The JDBC address of the same database here. */
  public String url(TestDatabase database) {
    return server.getJdbcUrl("postgres", database.name());
  }

  public Connection connect(TestDatabase database) throws SQLException {
    return DriverManager.getConnection(url(database));
  }

  /** Host, port and database, as messages name them. */
  public String place(TestDatabase database) {
    return "localhost:%d/%s".formatted(server.getPort(), database.name());
  }

  /** Comes back once all that was committed before can be read here. */
  public void catchUp(TestDatabase database) throws SQLException {
    try (Connection primary = database.connect();
        Connection standby =
            DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"))) {
      // The server of the tests commits without waiting for its log; this commit waits for all. It
      // has to write something: one that has only a number is not waited for either.
      ask(primary, "SELECT set_config('synchronous_commit', 'on', false)");
      ask(primary, "SELECT pg_logical_emit_message(true, 'gatefold', 'so far')");
      String written = ask(primary, "SELECT pg_current_wal_flush_lsn()");
      waitUntil(
          standby, "SELECT coalesce(pg_last_wal_replay_lsn() >= '%s', false)".formatted(written));
    }
  }

  /** From now on it is a primary. */
  public void promote() throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"))) {
      waitUntil(connection, "SELECT pg_promote()");
    }
  }

  /** Asks until the answer is yes; the server paces it. */
  public static void waitUntil(Connection connection, String question) throws SQLException {
    while (!ask(connection, question).equals("t")) {
      ask(connection, "SELECT pg_sleep(0.01)");
    }
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path relative = from.relativize(file);
            if (!NOT_COPIED.contains(relative.getName(0).toString())) {
              copyFile(file, to.resolve(relative));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            return gone(e);
          }
        });
  }

  /** What the server removes meanwhile, the log removes from the copy. */
  private static FileVisitResult gone(IOException e) throws IOException {
    if (e instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw e;
  }

  private static void copyFile(Path from, Path to) throws IOException {
    try {
      Files.copy(from, to);
    } catch (NoSuchFileException e) {
      Files.deleteIfExists(to);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
