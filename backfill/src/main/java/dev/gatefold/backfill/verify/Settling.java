package dev.gatefold.backfill.verify;

import java.sql.SQLException;

/**
 * Waits until both shapes of whatever is committed by now must agree, where one follows the other a
 * moment later.
 */
@FunctionalInterface
public interface Settling {

  /** Begins to wait for what is committed by now. */
  Wait begin() throws SQLException;

  /** One wait; whoever waits may look at other things in between. */
  @FunctionalInterface
  interface Wait {

    /** Waits for a second at the most. */
    Standing look() throws SQLException, InterruptedException;
  }

  /** How a wait stands. */
  sealed interface Standing {}

  /** Both shapes must agree. */
  record Settled() implements Standing {}

  /** They need not agree yet. */
  record Waiting() implements Standing {}

  /** Nothing has moved for long. */
  record Stuck(String reason) implements Standing {}
}
