package dev.gatefold.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.CrewTally.Done;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrewTallyTest {

  private final CrewTally tally = new CrewTally();

  @Test
  void tellsWhatWasDoneSinceItWasAskedLast() {
    tally.add("a", 20, 5);
    tally.add("b", 3, 0);

    assertThat(tally.taken()).isEqualTo(new Done(23, 23, 5));
    assertThat(tally.taken()).isEqualTo(new Done(0, 0, 0));
  }

  @Test
  void leavesOutWhatTheDatabaseMayHaveCounted() {
    tally.add("a", 20, 5);
    tally.recounted(List.of("a", "b"));
    // Committed before the database counted, or after: nobody knows.
    tally.add("b", 7, 7);
    tally.add("b", 2, 1);

    assertThat(tally.taken()).isEqualTo(new Done(29, 2, 13));
  }

  @Test
  void countsAllOfWhoeverCameLater() {
    tally.recounted(List.of("a"));
    tally.add("b", 7, 0);

    assertThat(tally.taken()).isEqualTo(new Done(7, 7, 0));
  }
}
