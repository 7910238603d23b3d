package dev.gatefold.backfill.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void growsToItsBoundAndSpreads() {
    Backoff backoff = new Backoff(new Random(3));
    for (int failures = 1; failures <= 100; failures++) {
      long full = failures > 7 ? 10_000 : 100L << (failures - 1);
      Set<Duration> seen = new HashSet<>();
      for (int i = 0; i < 50; i++) {
        Duration pause = backoff.pause(failures);
        assertThat(pause.toMillis()).isBetween(full / 2, full);
        seen.add(pause);
      }
      assertThat(seen).hasSizeGreaterThan(10);
    }
  }
}
