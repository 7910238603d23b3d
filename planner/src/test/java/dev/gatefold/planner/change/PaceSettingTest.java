package dev.gatefold.planner.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PaceSettingTest {

  @ParameterizedTest
  @CsvSource({
    "TARGET_BATCH_TIME, 50ms, 50ms",
    "TARGET_BATCH_TIME, 1500ms, 1500ms",
    "TARGET_BATCH_TIME, 2s, 2s",
    "MAX_ROWS_PER_SECOND, 5_000, 5000",
    "MAX_ROWS_PER_SECOND, none, none",
    "WORKERS, 3, 3",
    "WINDOW, 01:00-05:00 UTC, 01:00-05:00 UTC",
    "WINDOW, none, none"
  })
  void aValueIsReadAndWritten(PaceSetting setting, String value, String written) {
    BackfillSettings settings = setting.in(BackfillSettings.DEFAULT, value);
    assertThat(setting.of(settings)).isEqualTo(written);
    assertThat(setting.in(BackfillSettings.DEFAULT, written)).isEqualTo(settings);
  }

  @ParameterizedTest
  @CsvSource({
    "TARGET_BATCH_TIME, 0ms, is not a time such as 20ms",
    "TARGET_BATCH_TIME, none, is not a time such as 20ms",
    "MAX_ROWS_PER_SECOND, 0, is not a whole number above zero",
    "WORKERS, 33, at most 32 workers are of use",
    "WINDOW, soon, is not a time such as"
  })
  void aValueOutOfBoundsIsRefusedAsInTheFile(PaceSetting setting, String value, String why) {
    assertThatThrownBy(() -> setting.in(BackfillSettings.DEFAULT, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @EnumSource
  void eachIsAKeyOfTheFile(PaceSetting setting) throws Exception {
    String value =
        Stream.of("7", "7s", "01:00-05:00 UTC")
            .filter(it -> isAccepted(setting, it))
            .findFirst()
            .orElseThrow();
    Change change =
        ChangeFile.read(
            "x.yaml",
            """
            change: x
            operations: [{rename_column: {table: t, column: a, to: b}}]
            backfill: {%s: "%s"}
            """
                .formatted(setting.key(), value));
    assertThat(change.backfill()).isEqualTo(setting.in(BackfillSettings.DEFAULT, value));
    assertThat(PaceSetting.of(setting.key())).contains(setting);
  }

  @Test
  void anUnknownKeyIsNone() {
    assertThat(PaceSetting.of("user_triggers")).isEmpty();
  }

  private static boolean isAccepted(PaceSetting setting, String value) {
    try {
      setting.in(BackfillSettings.DEFAULT, value);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
