package dev.gatefold.executor.engine;

import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.backfill.throttle.Throttle;
import dev.gatefold.backfill.throttle.signal.Signal;
import dev.gatefold.backfill.throttle.signal.Signals;
import dev.gatefold.backfill.throttle.watch.SignalWatch;
import dev.gatefold.executor.standby.Primary;
import dev.gatefold.executor.standby.Standby;
import dev.gatefold.planner.change.ThrottleSettings;
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

  /**
   * Begins to watch; comes back after a first look at all of them. Where the settings heed nothing
   * it opens no connection.
   *
   * @param table the OID of the table that is worked on
   */
  public static NeighbourWatch over(Shift shift, ThrottleSettings settings, long table)
      throws SQLException {
    NeighbourWatch watch = new NeighbourWatch();
    try {
      watch.start(shift, settings, table);
      return watch;
    } catch (SQLException | RuntimeException e) {
      watch.close();
      throw e;
    }
  }

  private void start(Shift shift, ThrottleSettings settings, long table) throws SQLException {
    Signals signals = new Signals(settings, shift.timing().ticker());
    List<Standby> standbys = shift.standbys().all();
    List<Signal> here =
        Stream.of(signals.ofServer(standbys.size()), signals.ofTable(table))
            .flatMap(List::stream)
            .toList();
    if (!here.isEmpty()) {
      watches.add(SignalWatch.start("the database", shift.connections(), here, shift.timing()));
    }
    for (Standby standby : standbys) {
      start(shift, standby, signals.ofStandby(standby.place()));
    }
  }

  private void start(Shift shift, Standby standby, List<Signal> signals) throws SQLException {
    if (!signals.isEmpty()) {
      Primary primary = Primary.of(shift.connection());
      watches.add(
          SignalWatch.start(
              "standby " + standby.place(),
              () -> standby.connect(primary),
              signals,
              shift.timing()));
    }
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
