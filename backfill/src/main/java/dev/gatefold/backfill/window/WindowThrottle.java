package dev.gatefold.backfill.window;

import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.backfill.throttle.Throttle;
import dev.gatefold.planner.change.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Holds the backfill still while its window is closed. A batch that has begun ends. Thread-safe.
 */
public final class WindowThrottle implements Throttle {

  private final Supplier<Optional<Window>> window;
  private final InstantSource clock;

  /**
   * Asks for the window each time, since it may change while the backfill runs.
   *
   * @param window empty where it may run at any time
   */
  public WindowThrottle(Supplier<Optional<Window>> window, InstantSource clock) {
    this.window = window;
    this.clock = clock;
  }

  @Override
  public Pressure now() {
    Instant now = clock.instant();
    return window.get().map(it -> pressure(it, now)).orElse(Pressure.NONE);
  }

  private static Pressure pressure(Window window, Instant now) {
    return window
        .opens(now)
        .map(
            opens ->
                Pressure.hold(
                    "the window %s opens in %s"
                        .formatted(window.words(), words(Duration.between(now, opens)))))
        .orElse(Pressure.NONE);
  }

  private static String words(Duration span) {
    if (span.toMinutes() == 0) {
      // Never "in 0 s": it is closed still.
      return span.plusMillis(999).toSeconds() + " s";
    }
    if (span.toHours() == 0) {
      return span.toMinutes() + " min";
    }
    return span.toDays() == 0
        ? "%d h %d min".formatted(span.toHours(), span.toMinutesPart())
        : "%d d %d h".formatted(span.toDays(), span.toHoursPart());
  }
}
