package dev.gatefold.backfill.throttle.watch;

import dev.gatefold.backfill.pace.Ticker;
import dev.gatefold.backfill.session.Connections;
import dev.gatefold.backfill.session.Failure;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.backfill.throttle.Throttle;
import dev.gatefold.backfill.throttle.signal.Signal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the signals of one server said last. One thread measures, any may ask. It fails closed:
 * without a connection, or where the last answer is old, nobody can tell how others fare.
 */
final class Readings implements Throttle, AutoCloseable {

  /** Six measurements that did not come. */
  static final Duration STALE = Duration.ofSeconds(3);

  /**
   * A statistics view answers in a millisecond; who needs longer than the timeouts is in trouble.
   * And nothing but the server's own operators and functions is asked for: a schema of the users
   * may have others of the same names.
   */
  private static final String SETTINGS =
      """
      SET statement_timeout = '1s'; SET lock_timeout = '100ms'; SET search_path = pg_catalog, pg_temp
      """;

  private record Reading(Pressure pressure, long nanos) {}

  private final String place;
  private final Connections connections;
  private final List<Signal> quick;
  private final Deque<Signal> slow;
  private final Deque<Signal> due = new ArrayDeque<>();
  private final Map<Signal, Pressure> said = new LinkedHashMap<>();
  private final Ticker ticker;
  private volatile Reading last;
  private volatile Optional<Connection> connection = Optional.empty();

  /** {@code place} names the server in messages. */
  Readings(String place, Connections connections, List<Signal> signals, Ticker ticker) {
    this.place = place;
    this.connections = connections;
    this.quick = signals.stream().filter(signal -> !signal.movesSlowly()).toList();
    this.slow = new ArrayDeque<>(signals.stream().filter(Signal::movesSlowly).toList());
    this.ticker = ticker;
    this.last =
        new Reading(Pressure.minimum(place + " has not been looked at yet"), ticker.nanos());
  }

  @Override
  public Pressure now() {
    Reading reading = last;
    Duration age = Duration.ofNanos(ticker.nanos() - reading.nanos());
    return age.compareTo(STALE) <= 0
        ? reading.pressure()
        : reading
            .pressure()
            .and(
                Pressure.minimum(
                    "%s was last looked at %d s ago".formatted(place, age.toSeconds())));
  }

  /** How many times {@link #measure} is to be called until each quick signal was looked at. */
  int glances() {
    return Math.max(1, quick.size() + Math.min(1, slow.size()));
  }

  /**
   * Looks at the signal whose turn it is, at those that move slowly every so often; at all of them
   * at first, and where it had to connect again. One at a time, since applications feel a core that
   * is taken for two milliseconds at a stretch, and do not feel three times less than one.
   */
  void measure() {
    Pressure found;
    try {
      found = look(connected());
    } catch (SQLException e) {
      close();
      found = Pressure.minimum("%s does not answer: %s".formatted(place, Failure.sentence(e)));
    }
    last = new Reading(found, ticker.nanos());
  }

  private Pressure look(Connection open) throws SQLException {
    if (due.isEmpty()) {
      appoint();
    }
    // Where nothing is known yet, no batch shall run on what the first of them says.
    int now = said.isEmpty() ? due.size() : Math.min(1, due.size());
    for (int i = 0; i < now; i++) {
      Signal signal = due.removeFirst();
      said.put(signal, look(signal, open));
    }
    return said.values().stream().reduce(Pressure.NONE, Pressure::and);
  }

  /** The quick ones and one of those that move slowly; at first all of those. */
  private void appoint() {
    due.addAll(quick);
    int some = said.isEmpty() ? slow.size() : Math.min(1, slow.size());
    for (int i = 0; i < some; i++) {
      Signal next = slow.removeFirst();
      slow.addLast(next);
      due.addLast(next);
    }
  }

  private static Pressure look(Signal signal, Connection open) throws SQLException {
    try {
      return signal.measure(open);
    } catch (SQLException e) {
      if (open.isClosed()) {
        throw e;
      }
      return Pressure.minimum(
          "%1$s cannot be read: %2$s; accept it with ignore_signals: [%1$s]"
              .formatted(signal.name().word(), Failure.sentence(e)));
    }
  }

  private Connection connected() throws SQLException {
    Optional<Connection> open = connection;
    if (open.isPresent() && !open.get().isClosed()) {
      return open.get();
    }
    Connection fresh = connections.open();
    // Another server may answer now, so that what was said of the one before is worth nothing.
    said.clear();
    due.clear();
    connection = Optional.of(fresh);
    try (Statement statement = fresh.createStatement()) {
      statement.execute(SETTINGS);
    }
    return fresh;
  }

  @Override
  public void close() {
    dismiss(Connection::close);
  }

  /** From another thread, while this one may wait for an answer. */
  void abort() {
    dismiss(open -> open.abort(Runnable::run));
  }

  private interface Farewell {
    void to(Connection open) throws SQLException;
  }

  private void dismiss(Farewell farewell) {
    Optional<Connection> open = connection;
    connection = Optional.empty();
    if (open.isPresent()) {
      try {
        farewell.to(open.get());
      } catch (SQLException e) {
        System.getLogger(Readings.class.getName())
            .log(System.Logger.Level.DEBUG, "giving up the connection of the watch failed", e);
      }
    }
  }
}
