package dev.gatefold.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SessionSettingTest {

  @Test
  void isANameAndAValue() {
    assertThat(SessionSetting.parse("gatefold.backfill=3f2a="))
        .isEqualTo(new SessionSetting("gatefold.backfill", "3f2a="));
    assertThatThrownBy(() -> SessionSetting.parse("gatefold")).hasMessageContaining("name=value");
    assertThatThrownBy(() -> SessionSetting.parse("=x")).hasMessageContaining("name=value");
  }
}
