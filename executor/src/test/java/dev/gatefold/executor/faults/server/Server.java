package dev.gatefold.executor.faults.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A PostgreSQL that keeps what it promised: it really syncs to disk, and when it is killed the next
 * one begins with crash recovery on the same files.
 */
public final class Server implements AutoCloseable {

  private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"");

  private final EmbeddedPostgres installed;
  private final Path data;
  private final int port;
  private final List<String> command;

  private Server(EmbeddedPostgres installed, Path data, int port, List<String> command) {
    this.installed = installed;
    this.data = data;
    this.port = port;
    this.command = command;
  }

  public static Server start() throws IOException, SQLException {
    EmbeddedPostgres installed =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "80")
            .setServerConfig("wal_level", "logical")
            .start();
    Path data = Path.of(dataDirectory(installed));
    Server server = new Server(installed, data, installed.getPort(), command(data));
    server.takeOver();
    return server;
  }

  private static String dataDirectory(EmbeddedPostgres installed) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(installed.getJdbcUrl("postgres", "postgres"))) {
      return strings(connection, "SHOW data_directory").get(0);
    }
  }

  /**
   * From here on it is a child of this process, so that nothing is left of it when it is killed.
   */
  private void takeOver() throws IOException, SQLException {
    Path lock = data.resolve("postmaster.pid");
    postmaster().destroy();
    Patience.until("it has shut down", () -> !Files.exists(lock));
    run();
    if (!strings("postgres", "SHOW fsync").equals(List.of("on"))) {
      throw new IllegalStateException("a server that does not sync proves nothing");
    }
  }

  /** As it was started, also where the superuser may not be its owner. */
  private static List<String> command(Path data) throws IOException {
    String options = Files.readString(data.resolve("postmaster.opts"));
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(options.substring(0, options.indexOf(' ')));
    Matcher arguments = ARGUMENT.matcher(options);
    while (arguments.find()) {
      command.add(arguments.group(1));
    }
    // A socket file would outlive a kill; everybody comes by the port.
    command.addAll(List.of("-c", "unix_socket_directories="));
    return List.copyOf(command);
  }

  public int port() {
    return port;
  }

  public String url(String database) {
    return url(database, port);
  }

  /** The same database, by another way. */
  public static String url(String database, int port) {
    return "jdbc:postgresql://localhost:%d/%s?user=postgres".formatted(port, database);
  }

  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database));
  }

  /** Kills every process of it with SIGKILL at once, and starts it again on the same files. */
  public void crash() throws IOException {
    kill();
    startAgain();
  }

  /** Kills every process of it with SIGKILL at once. */
  public void kill() throws IOException {
    ProcessHandle postmaster = postmaster();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    Patience.until("all of them are gone", () -> all.stream().noneMatch(Server::runs));
  }

  /** Starts it on the same files. */
  public void startAgain() throws IOException {
    run();
  }

  private static boolean runs(ProcessHandle process) {
    // One whose parent has not asked for its end yet is a number without a process.
    return process.isAlive() && process.info().command().isPresent();
  }

  private ProcessHandle postmaster() throws IOException {
    long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    return ProcessHandle.of(pid).orElseThrow();
  }

  /** Starts it, again and again while a process that was not seen dying keeps its memory. */
  private void run() throws IOException {
    Process process = process();
    while (!becomesReady(process)) {
      process = process();
    }
  }

  private boolean becomesReady(Process process) {
    Patience.until(
        "the server accepts sessions, or has ended", () -> !process.isAlive() || accepts());
    return process.isAlive();
  }

  private Process process() throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve("server.log").toFile()))
        .start();
  }

  /** Returns once sessions are accepted. */
  public void awaitReady() {
    Patience.until("the server accepts sessions", this::accepts);
  }

  private boolean accepts() throws SQLException {
    try (Connection connection = connect("postgres")) {
      return connection.isValid(5);
    }
  }

  /** Kills one backend with SIGKILL, upon which the server ends all others and recovers. */
  public void crashBackend(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  public void execute(String database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of each row. */
  public List<String> strings(String database, String sql) throws SQLException {
    try (Connection connection = connect(database)) {
      return strings(connection, sql);
    }
  }

  private static List<String> strings(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> result = new ArrayList<>();
      while (rows.next()) {
        result.add(rows.getString(1));
      }
      return result;
    }
  }

  @Override
  public void close() throws IOException {
    ProcessHandle postmaster = postmaster();
    installed.close();
    try {
      postmaster.onExit().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      postmaster.destroyForcibly();
    }
  }
}
