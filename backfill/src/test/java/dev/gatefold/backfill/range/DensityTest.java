package dev.gatefold.backfill.range;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DensityTest {

  @Test
  void whatStatisticsSaidIsTriedInAFewBlocks() {
    Density density = new Density(1);
    assertThat(density.mostBlocks()).isEqualTo(Density.ENOUGH_BLOCKS);
    density.passed(4, 740);
    assertThat(density.rowsPerBlock()).isEqualTo(185);
    assertThat(density.isFound()).isTrue();
    assertThat(density.mostBlocks()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void smallBatchesCountTogether() {
    Density density = new Density(0);
    density.passed(2, 300);
    assertThat(density.isFound()).isFalse();
    density.passed(2, 500);
    assertThat(density.rowsPerBlock()).isEqualTo(200);
  }

  @Test
  void itFallsSlowly() {
    Density density = new Density(100);
    density.passed(10, 100);
    assertThat(density.rowsPerBlock()).isEqualTo(90);
    for (int i = 0; i < 40; i++) {
      density.passed(10, 100);
    }
    assertThat(density.rowsPerBlock()).isEqualTo(10);
  }

  @Test
  void emptyBlocksSayNothing() {
    Density density = new Density(100);
    density.passed(4, 0);
    assertThat(density.isFound()).isFalse();
    assertThat(density.mostBlocks()).isEqualTo(Density.EMPTY_BLOCKS);
    density.passed(64, 30);
    assertThat(density.rowsPerBlock()).isEqualTo(100);
  }
}
