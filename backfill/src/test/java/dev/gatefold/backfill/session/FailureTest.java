package dev.gatefold.backfill.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {

  @ParameterizedTest
  @CsvSource({
    "55P03, BUSY",
    "40P01, BUSY",
    "40001, BUSY",
    "57014, BUSY",
    "22P02, DATA",
    "22003, DATA",
    "23514, DATA",
    "P0001, DATA",
    "GF001, DATA",
    "42883, DATA",
    "54000, DATA",
    "08006, ENVIRONMENT",
    "57P01, ENVIRONMENT",
    "53100, ENVIRONMENT",
    "42501, ENVIRONMENT",
    "25006, ENVIRONMENT",
    "XX000, ENVIRONMENT",
    "'', ENVIRONMENT",
  })
  void stateDecides(String state, Failure failure) {
    assertThat(Failure.of(new SQLException("x", state))).isEqualTo(failure);
  }

  @Test
  void aDriversErrorWithoutAStateIsNoRowsFault() {
    assertThat(Failure.of(new SQLException("x"))).isEqualTo(Failure.ENVIRONMENT);
  }

  @Test
  void theSentenceHasNeitherSeverityNorContext() {
    assertThat(Failure.sentence(new SQLException("ERROR: no such luck\n  Where: line 1")))
        .isEqualTo("no such luck");
    assertThat(Failure.sentence(new SQLException("x: y"))).isEqualTo("x: y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "22P02 | invalid input syntax for type integer: \"n/a\"         | ... integer: \"...\"",
        "22003 | value \"99\" is out of range for type smallint         | value \"...\" is out of range",
        "22P02 | invalid input value for enum mood: \"a \"\" b\"        | enum mood: \"...\"",
        "22P02 | invalid input syntax for type json: \"the first line   | type json: \"...\"",
        "23514 | new row for \"t\" violates check constraint \"t_check\" | constraint \"t_check\"",
      })
  void theReasonOfARowHasNoValue(String state, String sentence, String part) {
    String reason = Failure.reason(new SQLException("ERROR: " + sentence, state));
    assertThat(reason).contains(part.replace("... ", ""));
    assertThat(reason).doesNotContain("n/a", "99", "a \"", "first line");
  }
}
