package dev.gatefold.executor.benchmark;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.TargetSettings;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.store.FeedStore;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A server that makes commits durable, as a production server does, with the table {@code items}
 * and one change that gives its column {@code total} a new name and a wider type.
 */
final class Bench implements AutoCloseable {

  static final String CHANGE = "totals";

  private static final String FILE =
      """
      change: totals
      operations:
        - alter_column: {table: items, column: total, to: amount, type: bigint}
      """;

  private final EmbeddedPostgres server;
  private final LiveRollouts rollouts;

  private Bench(EmbeddedPostgres server, LiveRollouts rollouts) {
    this.server = server;
    this.rollouts = rollouts;
  }

  static Bench open() throws IOException, SQLException {
    return open("replica");
  }

  /** One whose log says what becomes of rows. */
  static Bench logical() throws IOException, SQLException {
    return open("logical");
  }

  /** The same on a target with Kafka. */
  static Bench logical(TargetSettings settings) throws IOException, SQLException {
    return open("logical", settings);
  }

  private static Bench open(String level) throws IOException, SQLException {
    return open(level, TargetSettings.NONE);
  }

  private static Bench open(String level, TargetSettings settings)
      throws IOException, SQLException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("wal_level", level)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("shared_buffers", "512MB")
            .setServerConfig("max_wal_size", "8GB")
            .setServerConfig("min_wal_size", "4GB")
            .setServerConfig("checkpoint_timeout", "1h")
            .setServerConfig("autovacuum", "off")
            .start();
    LiveRollouts rollouts = LiveRollouts.open(DatabaseUrl.parse(url(server)), settings);
    rollouts.init();
    return new Bench(server, rollouts);
  }

  private static String url(EmbeddedPostgres server) {
    return server.getJdbcUrl("postgres", "postgres");
  }

  String url() {
    return url(server);
  }

  /** For programs that are not Java. */
  String uri() {
    return "postgresql://postgres@localhost:%d/postgres".formatted(server.getPort());
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }

  /** A table of so many rows, whatever was there before; vacuumed, analysed, checkpointed. */
  void table(String name, long rows, String more) throws SQLException {
    run("DROP TABLE IF EXISTS " + name);
    run(
        "CREATE TABLE %s (id bigint PRIMARY KEY, note text NOT NULL, seen int NOT NULL, total int NOT NULL%s)"
            .formatted(name, more));
    run(
        "INSERT INTO %s (id, note, seen, total) SELECT i, repeat('x', 60), 0, i FROM generate_series(1, %d) i"
            .formatted(name, rows));
    run("VACUUM (FREEZE, ANALYZE) " + name);
    run("CHECKPOINT");
  }

  /**
   * Files of log that are there already, as on a server that has run for a while: to make a new one
   * holds all commits up for tens of milliseconds.
   */
  void season(int files) throws SQLException {
    run("CREATE TABLE filler (n int)");
    for (int file = 0; file < files; file++) {
      run("INSERT INTO filler VALUES (1); SELECT pg_switch_wal()");
    }
    run("DROP TABLE filler");
    run("CHECKPOINT");
  }

  void run(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** How long a statement takes. */
  Duration timed(String sql) throws SQLException {
    long began = System.nanoTime();
    run(sql);
    return Duration.ofNanos(System.nanoTime() - began);
  }

  long number(String query) throws SQLException {
    try (Connection connection = connect()) {
      return Query.of(query).first(connection, row -> row.getLong(1)).orElseThrow();
    }
  }

  String text(String query) throws SQLException {
    try (Connection connection = connect()) {
      return Query.of(query).first(connection, row -> row.getString(1)).orElseThrow();
    }
  }

  /** Reads change feeds from now on. */
  void readFeeds() throws SQLException {
    rollouts.readFeeds(false);
  }

  /** How long it takes until a word said now is heard by the only change feed. */
  Duration heard() throws SQLException {
    FeedStore feeds = new FeedStore();
    try (Connection connection = connect()) {
      FeedStore.Made feed =
          feeds.list(connection, number("SELECT rollout_id FROM gatefold.feed")).get(0);
      long began = System.nanoTime();
      String place = feeds.sayTime(connection, feed.slot());
      while (!feeds.hasHeard(connection, feed.rollout(), feed.table(), place)) {
        LockSupport.parkNanos(1_000_000);
      }
      return Duration.ofNanos(System.nanoTime() - began);
    }
  }

  void submit() throws Exception {
    submit(FILE);
  }

  void submit(String file) throws Exception {
    done(rollouts.submit(ChangeFile.read("totals.yaml", file), file));
  }

  void promote(StageName stage, StageListener listener) throws SQLException {
    done(tryToPromote(stage, listener));
  }

  Outcome tryToPromote(StageName stage, StageListener listener) throws SQLException {
    return rollouts.promote(new ChangeName(CHANGE), Journey.order(stage), listener);
  }

  void promote(StageName stage) throws SQLException {
    promote(stage, StageListener.SILENT);
  }

  /** Back to where the change can be submitted again. */
  void rollback() throws SQLException {
    done(rollouts.rollback(new ChangeName(CHANGE), planned(), StageListener.SILENT));
  }

  private static Optional<RolloutState> planned() {
    return Optional.of(RolloutState.PLANNED);
  }

  private static void done(Outcome outcome) {
    if (!(outcome instanceof Outcome.Done)) {
      throw new IllegalStateException("the benchmark stops: " + outcome);
    }
  }

  @Override
  public void close() throws IOException {
    rollouts.close();
    server.close();
  }
}
