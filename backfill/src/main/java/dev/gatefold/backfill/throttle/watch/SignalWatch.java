package dev.gatefold.backfill.throttle.watch;

import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.session.Connections;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.backfill.throttle.Throttle;
import dev.gatefold.backfill.throttle.signal.Signal;
import java.time.Duration;
import java.util.List;

/**
 * Measures the signals of one server twice a second each, in a thread and on a connection of its
 * own, so that a batch never waits for a look at others. Thread-safe. To be closed.
 */
public final class SignalWatch implements Throttle, AutoCloseable {

  /** Often enough to see and hold within two seconds, seldom enough to cost a server nothing. */
  static final Duration RHYTHM = Duration.ofMillis(500);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Readings readings;
  private final Timing timing;
  private final Thread thread;
  private volatile boolean closed;

  private SignalWatch(Readings readings, Timing timing) {
    this.readings = readings;
    this.timing = timing;
    this.thread = new Thread(this::run, "gatefold-signals");
    thread.setDaemon(true);
  }

  /**
   * Begins to watch; comes back after the first look, so that no batch runs unseen.
   *
   * @param place names the server in messages
   */
  public static SignalWatch start(
      String place, Connections connections, List<Signal> signals, Timing timing) {
    SignalWatch watch =
        new SignalWatch(new Readings(place, connections, signals, timing.ticker()), timing);
    watch.readings.measure();
    watch.thread.start();
    return watch;
  }

  @Override
  public Pressure now() {
    return readings.now();
  }

  private void run() {
    try {
      while (!closed) {
        timing.sleeper().sleep(RHYTHM.dividedBy(readings.glances()));
        readings.measure();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      readings.close();
    }
  }

  /** Comes back once its connection is closed: others may wait for all sessions of ours to end. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      // Does nothing where the thread has ended, and ends one that a server does not answer.
      readings.abort();
    }
  }
}
