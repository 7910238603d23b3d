package dev.gatefold.backfill.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SettingTest {

  @Test
  void isANameAndAValue() {
    assertThat(Setting.parse("gatefold.backfill=3f2a="))
        .isEqualTo(new Setting("gatefold.backfill", "3f2a="));
    assertThatThrownBy(() -> Setting.parse("gatefold")).hasMessageContaining("name=value");
    assertThatThrownBy(() -> Setting.parse("=x")).hasMessageContaining("name=value");
  }
}
