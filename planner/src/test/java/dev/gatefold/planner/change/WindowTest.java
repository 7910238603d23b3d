package dev.gatefold.planner.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

  /** The clocks of Berlin go from 3 back to 2 on 25 October 2026, and forward on 28 March 2027. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Every day, the opening counting as open and the closing as closed.
        "01:00-05:00 Europe/Berlin | 2026-11-20T23:59:59Z | | 2026-11-21T00:00:00Z",
        "01:00-05:00 Europe/Berlin | 2026-11-21T00:00:00Z | 2026-11-21T04:00:00Z |",
        "01:00-05:00 Europe/Berlin | 2026-11-21T03:59:59Z | 2026-11-21T04:00:00Z |",
        "01:00-05:00 Europe/Berlin | 2026-11-21T04:00:00Z | | 2026-11-22T00:00:00Z",
        // Across midnight, and to the end of the day.
        "22:00-06:00 UTC | 2026-11-21T05:59:59Z | 2026-11-21T06:00:00Z |",
        "22:00-06:00 UTC | 2026-11-21T06:00:00Z | | 2026-11-21T22:00:00Z",
        "22:00-06:00 UTC | 2026-11-21T23:00:00Z | 2026-11-22T06:00:00Z |",
        "20:00-24:00 UTC | 2026-11-21T23:59:59Z | 2026-11-22T00:00:00Z |",
        "20:00-24:00 UTC | 2026-11-22T00:00:00Z | | 2026-11-22T20:00:00Z",
        "00:00-24:00 UTC | 2026-11-22T00:00:00Z | 2026-11-23T00:00:00Z |",
        // Days are those on which it opens: 20 November 2026 is a Friday.
        "Fri 22:00-06:00 UTC | 2026-11-21T05:00:00Z | 2026-11-21T06:00:00Z |",
        "Fri 22:00-06:00 UTC | 2026-11-20T05:00:00Z | | 2026-11-20T22:00:00Z",
        "Fri 22:00-06:00 UTC | 2026-11-21T06:00:00Z | | 2026-11-27T22:00:00Z",
        "Mon-Fri 20:00-24:00 UTC | 2026-11-21T21:00:00Z | | 2026-11-23T20:00:00Z",
        "Sat,Sun 08:00 - 20:00 UTC | 2026-11-20T12:00:00Z | | 2026-11-21T08:00:00Z",
        "Fri-Mon,Wed 08:00-20:00 UTC | 2026-11-24T12:00:00Z | | 2026-11-25T08:00:00Z",
        // The clock of the wall skips 02:00 to 03:00: a time in it is the moment of the leap.
        "02:30-04:00 Europe/Berlin | 2027-03-28T00:59:59Z | | 2027-03-28T01:00:00Z",
        "02:30-04:00 Europe/Berlin | 2027-03-28T01:00:00Z | 2027-03-28T02:00:00Z |",
        "01:00-02:30 Europe/Berlin | 2027-03-28T00:30:00Z | 2027-03-28T01:00:00Z |",
        "01:00-05:00 Europe/Berlin | 2027-03-28T00:00:00Z | 2027-03-28T03:00:00Z |",
        "23:00-02:30 Europe/Berlin | 2027-03-28T00:30:00Z | 2027-03-28T01:00:00Z |",
        // Skipped whole: it opens on the day after.
        "02:00-03:00 Europe/Berlin | 2027-03-28T00:30:00Z | | 2027-03-29T00:00:00Z",
        "Sun 02:10-02:50 Europe/Berlin | 2027-03-28T00:30:00Z | | 2027-04-04T00:10:00Z",
        // 02:00 to 03:00 comes twice: a time in it is the first of the two.
        "02:00-03:00 Europe/Berlin | 2026-10-25T00:00:00Z | 2026-10-25T02:00:00Z |",
        "02:15-02:45 Europe/Berlin | 2026-10-25T00:44:59Z | 2026-10-25T00:45:00Z |",
        "02:15-02:45 Europe/Berlin | 2026-10-25T01:20:00Z | | 2026-10-26T01:15:00Z",
        "01:00-02:30 Europe/Berlin | 2026-10-25T01:00:00Z | | 2026-10-26T00:00:00Z",
        "01:00-05:00 Europe/Berlin | 2026-10-24T23:00:00Z | 2026-10-25T04:00:00Z |",
        "23:00-02:30 Europe/Berlin | 2026-10-25T00:29:59Z | 2026-10-25T00:30:00Z |",
        // Samoa left out 30 December 2011, a Friday.
        "Fri 08:00-20:00 Pacific/Apia | 2011-12-30T09:00:00Z | | 2012-01-05T18:00:00Z"
      })
  void knowsWhenItClosesAndOpens(String words, Instant now, Instant closes, Instant opens) {
    Window window = new Window(words);
    assertThat(window.closes(now).orElse(null)).isEqualTo(closes);
    assertThat(window.opens(now).orElse(null)).isEqualTo(opens);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "at night | is not a time such as",
        "01:00-05:00 | is not a time such as",
        "1:00-5:00 UTC | is not a time such as",
        "01:00-25:00 UTC | names no such time",
        "24:00-05:00 UTC | names no such time",
        "01:00-05:00 Berlin | names no such time",
        "Son 01:00-05:00 UTC | \"Son\" is no day; there are Mon, Tue",
        "Sat, Sun 01:00-05:00 UTC | is not a time such as",
        "Sat, 01:00-05:00 UTC | \"\" is no day",
        "05:00-05:00 UTC | closes when it opens"
      })
  void saysWhatIsWrong(String words, String message) {
    assertThatThrownBy(() -> new Window(words))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
