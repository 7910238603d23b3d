package dev.gatefold.backfill;

import dev.gatefold.backfill.throttle.Throttle;
import dev.gatefold.planner.change.BackfillSettings;
import java.util.function.Supplier;

/**
 * Under which a backfill works; both are asked before each batch. Thread-safe if its parts are.
 *
 * @param settings as they are now: they may change while the backfill runs
 */
public record Conditions(Throttle throttle, Supplier<BackfillSettings> settings) {

  /** Nothing slows it down, and the settings stay as they are. */
  public static Conditions always(BackfillSettings settings) {
    return new Conditions(Throttle.OPEN, () -> settings);
  }
}
