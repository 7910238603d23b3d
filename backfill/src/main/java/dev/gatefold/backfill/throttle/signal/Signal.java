package dev.gatefold.backfill.throttle.signal;

import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.planner.change.SignalName;
import java.sql.Connection;
import java.sql.SQLException;

/** One thing that may be in need of quiet. Asked by one thread; remembers what it saw. */
public interface Signal {

  SignalName name();

  /**
   * Looks, on a connection that commits by itself and whose statements have a short timeout.
   *
   * @throws SQLException where it cannot be read, which means the least pace
   */
  Pressure measure(Connection connection) throws SQLException;

  /**
   * Whether it moves over minutes rather than seconds: then each look asks only one of those, in
   * turn, since a look is work that applications feel too.
   */
  default boolean movesSlowly() {
    return false;
  }
}
