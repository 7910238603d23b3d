package dev.gatefold.executor.trial;

import dev.gatefold.executor.rollout.RolloutState;
import java.sql.Connection;
import java.sql.SQLException;

/** An application that writes while its tables change. Called by one thread at a time. */
@FunctionalInterface
public interface Writer {

  /**
   * Writes a little, as the given version does; nothing where that version has nothing to write in
   * this state.
   *
   * @param connection in autocommit mode, before and after
   * @return how many rows were written
   * @throws SQLException for a statement that must not fail; what constraints rightly refuse is the
   *     writer's own to forgive
   */
  long write(Connection connection, Version version, RolloutState state) throws SQLException;

  /**
   * May look around before the change begins, and whenever a stage was gone for the first time.
   *
   * @param connection in autocommit mode, before and after
   */
  default void learn(Connection connection) throws SQLException {}
}
