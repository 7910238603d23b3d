package dev.gatefold.executor.database;

import dev.gatefold.backfill.pace.Sleeper;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Tries for a lock again for a while: the session of a killed process lives on a little longer. */
public final class Patience {

  /** How long that may be before somebody is told to wait. */
  private static final Duration WHOLE = Duration.ofSeconds(5);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(25);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  private Patience() {}

  /** One attempt; empty where somebody else has it. */
  public interface Attempt<T> {
    Optional<T> make() throws SQLException;
  }

  /** What the first attempt that succeeds gets; empty where none does. */
  public static <T> Optional<T> until(Attempt<T> attempt, Sleeper sleeper)
      throws SQLException, InterruptedException {
    Duration waited = Duration.ZERO;
    // Short at first, for whoever had it may be about to end.
    Duration pause = FIRST_PAUSE;
    while (true) {
      Optional<T> got = attempt.make();
      if (got.isPresent() || waited.compareTo(WHOLE) >= 0) {
        return got;
      }
      sleeper.sleep(pause);
      waited = waited.plus(pause);
      Duration twice = pause.multipliedBy(2);
      pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
  }
}
