package dev.gatefold.backfill.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.testing.ManualTime;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.planner.change.Window;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowThrottleTest {

  @ParameterizedTest
  @CsvSource({
    "01:00-05:00 Europe/Berlin, 2026-11-20T20:48:00Z, 3 h 12 min",
    "01:00-05:00 Europe/Berlin, 2026-11-20T23:47:10Z, 12 min",
    "01:00-05:00 Europe/Berlin, 2026-11-20T23:59:59.999Z, 1 s",
    "Mon 01:00-05:00 Europe/Berlin, 2026-11-20T20:00:00Z, 2 d 4 h"
  })
  void holdsStillAndSaysUntilWhen(String words, Instant now, String span) {
    assertThat(throttle(words, now).now())
        .isEqualTo(Pressure.hold("the window " + words + " opens in " + span));
  }

  @Test
  void lowersNothingWhileItIsOpenOrThereIsNone() {
    Instant now = Instant.parse("2026-11-21T00:00:00Z");
    assertThat(throttle("01:00-05:00 Europe/Berlin", now).now()).isEqualTo(Pressure.NONE);
    assertThat(new WindowThrottle(Optional::empty, () -> now).now()).isEqualTo(Pressure.NONE);
  }

  @Test
  void theServersClockIsReadOnceAndGoesOnWithTheTicker() throws Exception {
    ManualTime time = new ManualTime();
    try (TestDatabase database = TestDatabase.create();
        Connection connection = database.connect()) {
      Instant before = Instant.parse(now(database));
      ServerClock clock = ServerClock.read(connection, time);
      assertThat(clock.instant()).isBetween(before, Instant.parse(now(database)));
      Instant read = clock.instant();
      time.pass(Duration.ofHours(7));
      assertThat(clock.instant()).isEqualTo(read.plus(Duration.ofHours(7)));
    }
  }

  private static String now(TestDatabase database) throws Exception {
    return database
        .queryLines(
            """
            SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""")
        .get(0);
  }

  private static WindowThrottle throttle(String words, Instant now) {
    Optional<Window> window = Optional.of(new Window(words));
    return new WindowThrottle(() -> window, () -> now);
  }
}
