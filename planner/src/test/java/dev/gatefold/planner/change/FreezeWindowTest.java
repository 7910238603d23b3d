package dev.gatefold.planner.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FreezeWindowTest {

  /** The clocks of Berlin go from 3 back to 2 on 25 October 2026, and forward on 28 March 2027. */
  @ParameterizedTest
  @CsvSource({
    "Fri 16:00 - Mon 08:00 Europe/Berlin, 2026-11-20T14:59:59Z, ",
    "Fri 16:00 - Mon 08:00 Europe/Berlin, 2026-11-20T15:00:00Z, 2026-11-23T07:00:00Z",
    "Fri 16:00 - Mon 08:00 Europe/Berlin, 2026-11-22T12:00:00Z, 2026-11-23T07:00:00Z",
    "Fri 16:00 - Mon 08:00 Europe/Berlin, 2026-11-23T06:59:59Z, 2026-11-23T07:00:00Z",
    "Fri 16:00 - Mon 08:00 Europe/Berlin, 2026-11-23T07:00:00Z, ",
    "Fri 16:00 - Mon 08:00 Europe/Berlin, 2026-10-24T12:00:00Z, 2026-10-26T07:00:00Z",
    "Fri 16:00 - Mon 08:00 Europe/Berlin, 2026-10-23T14:00:00Z, 2026-10-26T07:00:00Z",
    "Sun 02:30 - Sun 04:00 Europe/Berlin, 2027-03-28T01:45:00Z, 2027-03-28T02:00:00Z",
    "Mon 08:00 - Mon 08:00 UTC, 2026-11-18T00:00:00Z, 2026-11-23T08:00:00Z",
    "Mon 10:00 - Mon 09:00 UTC, 2026-11-23T09:30:00Z, ",
    "Mon 10:00 - Mon 09:00 UTC, 2026-11-23T08:30:00Z, 2026-11-23T09:00:00Z",
    "Tue 12:00 - Tue 13:00 UTC, 2026-11-24T12:30:00Z, 2026-11-24T13:00:00Z",
    "2026-12-20 00:00 - 2027-01-04 08:00 UTC, 2026-12-19T23:59:59Z, ",
    "2026-12-20 00:00 - 2027-01-04 08:00 UTC, 2026-12-20T00:00:00Z, 2027-01-04T08:00:00Z",
    "2026-12-20 00:00 - 2027-01-04 08:00 UTC, 2027-01-04T08:00:00Z, "
  })
  void knowsWhetherAnInstantLiesInIt(String words, Instant now, Instant until) {
    assertThat(new FreezeWindow(words).until(now).orElse(null)).isEqualTo(until);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "weekends",
        "Fri 16:00 - Mon 08:00",
        "Fri 25:00 - Mon 08:00 UTC",
        "Foo 16:00 - Mon 08:00 UTC",
        "Fri 16:00 - Mon 08:00 Europe/Nowhere",
        "2026-02-30 00:00 - 2026-03-01 00:00 UTC",
        "2027-01-04 08:00 - 2026-12-20 00:00 UTC"
      })
  void refusesWhatIsNoTime(String words) {
    assertThatThrownBy(() -> new FreezeWindow(words))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"");
  }

  @Test
  void namesTheZoneThatIsUnknown() {
    assertThatThrownBy(() -> new FreezeWindow("Fri 16:00 - Mon 08:00 Europe/Nowhere"))
        .hasMessageContaining("Europe/Nowhere");
  }
}
