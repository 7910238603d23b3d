package dev.gatefold.executor.engine;

import dev.gatefold.backfill.pace.Ticker;
import dev.gatefold.backfill.session.Connections;
import dev.gatefold.executor.database.KeptStatements;
import dev.gatefold.executor.store.Subject;
import dev.gatefold.planner.change.BackfillSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The settings of a backfill as they are now, for whoever is about to begin a batch. They are read
 * again at most twice a second, on a connection of their own, and by one thread while the others go
 * on with what was read last. Where they cannot be read, the last ones stay. Thread-safe.
 */
public final class Steering implements Supplier<BackfillSettings>, AutoCloseable {

  /** Half of the second within which a new value shall count. */
  static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  /** Where the settings are kept. */
  @FunctionalInterface
  public interface Source {
    BackfillSettings read(Connection connection) throws SQLException;
  }

  private static final System.Logger LOG = System.getLogger(Steering.class.getName());

  private final Connections connections;
  private final Source source;
  private final Ticker ticker;
  private final Consumer<String> trouble;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile BackfillSettings last;
  private Optional<Connection> open = Optional.empty();
  private long lookedAt;

  /**
   * Begins with what was read just now.
   *
   * @param trouble hears in words why the settings cannot be read
   */
  public Steering(
      BackfillSettings now,
      Connections connections,
      Source source,
      Ticker ticker,
      Consumer<String> trouble) {
    this.last = now;
    this.connections = connections;
    this.source = source;
    this.ticker = ticker;
    this.trouble = trouble;
    this.lookedAt = ticker.nanos();
  }

  /** Of a rollout whose plan holds the file's settings. */
  static Steering of(Shift shift) throws SQLException {
    BackfillSettings file = shift.rollout().plan().backfill();
    return of(
        shift.connection(),
        shift.connections(),
        connection -> shift.stores().paces().over(connection, Subject.rollout(shift.id()), file),
        shift.timing().ticker());
  }

  /** Of any other; {@code connection} reads what counts now. */
  public static Steering of(
      Connection connection, Connections connections, Source source, Ticker ticker)
      throws SQLException {
    return new Steering(
        source.read(connection),
        connections,
        source,
        ticker,
        words -> LOG.log(System.Logger.Level.WARNING, words));
  }

  @Override
  public BackfillSettings get() {
    if (reading.tryLock()) {
      try {
        if (ticker.nanos() - lookedAt >= BETWEEN_LOOKS.toNanos()) {
          look();
          lookedAt = ticker.nanos();
        }
      } finally {
        reading.unlock();
      }
    }
    return last;
  }

  private void look() {
    try {
      if (open.isEmpty()) {
        open = Optional.of(KeptStatements.in(connections.open()).connection());
      }
      last = source.read(open.get());
    } catch (SQLException e) {
      disconnect();
      trouble.accept("a new pace would not be noticed: " + e.getMessage());
    }
  }

  private void disconnect() {
    if (open.isPresent()) {
      try {
        open.get().close();
      } catch (SQLException e) {
        // The server ends the session when the socket goes; nothing of ours is open in it.
        LOG.log(System.Logger.Level.DEBUG, "closing the connection failed", e);
      }
      open = Optional.empty();
    }
  }

  @Override
  public void close() {
    reading.lock();
    try {
      disconnect();
    } finally {
      reading.unlock();
    }
  }
}
