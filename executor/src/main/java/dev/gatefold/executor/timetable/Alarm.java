package dev.gatefold.executor.timetable;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Does what is to be done when a moment has come. */
@FunctionalInterface
public interface Alarm {

  /**
   * A moment has come, or is long past where nobody kept the time. The same moment may be told
   * twice, where a process was killed between.
   *
   * @param name what is due
   * @return when it is due next; empty for never again
   */
  Optional<Instant> ring(String name, Instant due) throws SQLException;
}
