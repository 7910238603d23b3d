package dev.gatefold.backfill;

import dev.gatefold.backfill.session.Connections;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** A worker of a crew: a thread with a connection of its own. To be used by one other thread. */
final class Mate {

  /** What it does; whatever it throws is its own to tell. */
  @FunctionalInterface
  interface Work {
    void of(Mate mate, Connections own) throws InterruptedException;
  }

  private final Thread thread;
  private final Connections connections;
  private volatile Optional<Connection> connection = Optional.empty();

  /** {@code number} tells it from all others that the crew ever had. */
  Mate(int number, Connections connections, Work work) {
    this.connections = connections;
    this.thread = new Thread(() -> run(work), "gatefold-backfill-" + number);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  boolean isGone() {
    return !thread.isAlive();
  }

  /** Asks it to end after its batch. */
  void dismiss() {
    thread.interrupt();
  }

  /** Waits for its end, but no longer than that. */
  void await(Duration patience) throws InterruptedException {
    thread.join(patience.toMillis());
  }

  /** Takes its connection away, while it may wait for an answer that never comes. */
  void cutOff() {
    Optional<Connection> open = connection;
    if (open.isPresent()) {
      try {
        open.get().abort(Runnable::run);
      } catch (SQLException e) {
        System.getLogger(Mate.class.getName())
            .log(System.Logger.Level.DEBUG, "taking a connection away failed", e);
      }
    }
  }

  private void run(Work work) {
    try {
      work.of(this, this::opened);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Connection opened() throws SQLException {
    Connection open = connections.open();
    connection = Optional.of(open);
    return open;
  }
}
