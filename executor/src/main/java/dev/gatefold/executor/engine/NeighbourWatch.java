package dev.gatefold.executor.engine;

import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.session.Connections;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.backfill.throttle.Throttle;
import dev.gatefold.backfill.throttle.signal.Signal;
import dev.gatefold.backfill.throttle.signal.Signals;
import dev.gatefold.backfill.throttle.watch.SignalWatch;
import dev.gatefold.executor.database.KeptStatements;
import dev.gatefold.executor.standby.Primary;
import dev.gatefold.executor.standby.Standby;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.planner.change.SignalName;
import dev.gatefold.planner.change.ThrottleSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Watches how others fare while a table is worked on: on the server, and on each standby that is
 * named. Thread-safe. To be closed.
 */
public final class NeighbourWatch implements Throttle, AutoCloseable {

  private final List<SignalWatch> watches = new ArrayList<>();
  private final Throttle all = Throttle.all(watches);

  private NeighbourWatch() {}

  /** Over a table that a step of a rollout works on. */
  public static NeighbourWatch over(Shift shift, ThrottleSettings settings, long table)
      throws SQLException {
    return over(shift.place(), settings, table, shift.timing());
  }

  /**
   * Begins to watch; comes back after a first look at all of them. Where the settings heed nothing
   * it opens no connection.
   *
   * @param table the OID of the table that is worked on
   */
  public static NeighbourWatch over(
      Place place, ThrottleSettings settings, long table, Timing timing) throws SQLException {
    NeighbourWatch watch = new NeighbourWatch();
    try {
      watch.start(place, settings, table, timing);
      return watch;
    } catch (SQLException | RuntimeException e) {
      watch.close();
      throw e;
    }
  }

  /**
   * Where one works.
   *
   * @param connection is asked now who the primary is, and not kept
   * @param connections for the watch
   */
  public record Place(Connection connection, Connections connections, Standbys standbys) {}

  private void start(Place place, ThrottleSettings settings, long table, Timing timing)
      throws SQLException {
    Signals signals = new Signals(settings, timing.ticker());
    List<Standby> standbys = place.standbys().all();
    List<Signal> here =
        Stream.of(signals.ofServer(standbys.size()), signals.ofTable(table))
            .flatMap(List::stream)
            .toList();
    if (!here.isEmpty()) {
      watches.add(watch("the database", place.connections(), here, timing));
    }
    if (!standbys.isEmpty() && settings.heeds(SignalName.REPLICA_LAG)) {
      Primary primary = Primary.of(place.connection());
      for (Standby standby : standbys) {
        watches.add(
            watch(
                "standby " + standby.place(),
                () -> standby.connect(primary),
                signals.ofStandby(standby.place()),
                timing));
      }
    }
  }

  /** Planning the questions would cost the server several times as much as answering them. */
  private static SignalWatch watch(
      String place, Connections connections, List<Signal> signals, Timing timing) {
    return SignalWatch.start(
        place, () -> KeptStatements.in(connections.open()).connection(), signals, timing);
  }

  @Override
  public Pressure now() {
    return all.now();
  }

  @Override
  public void close() {
    watches.forEach(SignalWatch::close);
  }
}
