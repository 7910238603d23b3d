package dev.gatefold.executor.timetable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.planner.change.Schedule;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

  /** The clocks of Berlin go from 3 back to 2 on 25 October 2026, and forward on 28 March 2027. */
  @ParameterizedTest
  @CsvSource({
    "0 2 * * SUN Europe/Berlin, 2026-11-20T12:00:00Z, 2026-11-22T01:00:00Z",
    "0 2 * * 0 Europe/Berlin, 2026-11-22T01:00:00Z, 2026-11-29T01:00:00Z",
    "*/15 9-17 * * MON-FRI UTC, 2026-11-20T17:45:00Z, 2026-11-23T09:00:00Z",
    "0 4 1 * * UTC, 2026-11-20T00:00:00Z, 2026-12-01T04:00:00Z",
    "0 12 * * * Europe/Berlin, 2026-10-24T12:00:00Z, 2026-10-25T11:00:00Z",
    // Skipped, it comes when the clock has leapt.
    "30 2 * * * Europe/Berlin, 2027-03-27T12:00:00Z, 2027-03-28T01:00:00Z",
    "0 2 * * SUN Europe/Berlin, 2027-03-21T01:00:00Z, 2027-03-28T01:00:00Z",
    "30 2 * * * Europe/Berlin, 2027-03-28T01:00:00Z, 2027-03-29T00:30:00Z",
    "*/30 * * * * Europe/Berlin, 2027-03-28T01:00:00Z, 2027-03-28T01:30:00Z",
    "0 * * * * Europe/Berlin, 2026-10-25T00:00:00Z, 2026-10-25T01:00:00Z",
    // Of two, it is the first; and once.
    "30 2 * * * Europe/Berlin, 2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z",
    "30 2 * * * Europe/Berlin, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z"
  })
  void comesByTheClockOfItsZone(String schedule, Instant after, Instant next) {
    assertThat(new Cron(new Schedule(schedule)).after(after)).isEqualTo(next);
  }

  @ParameterizedTest
  @ValueSource(strings = {"99 2 * * * UTC", "0 2 * * FOO UTC", "a b c d e UTC", "0 2 30 2 * UTC"})
  void whatNeverComesIsRefused(String schedule) {
    assertThatThrownBy(() -> Cron.check(new Schedule(schedule)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
