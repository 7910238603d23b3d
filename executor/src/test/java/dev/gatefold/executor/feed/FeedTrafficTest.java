package dev.gatefold.executor.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.feed.ControlledClient.Tally;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.traffic.Crew;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Eight clients write all the time; none of their statements fails, and no write is lost. */
class FeedTrafficTest {

  private static final int CLIENTS = 8;
  private static final long SEED = 20_261_122L;

  @Test
  void thereAndBackAndThereAgain() throws Exception {
    Tally tally = new Tally();
    try (Journey journey = Journey.asSuperuser(ControlledClient.TABLE)) {
      journey.submitted(ControlledClient.CHANGE);
      try (Crew crew =
          Crew.start(journey.database(), ControlledClient.several(CLIENTS, SEED, tally))) {
        crew.workOn();
        journey.promoted("feed", StageName.RETIRE);
        crew.workOn();
        assertThat(journey.rollback("feed", Optional.of(RolloutState.EXPANDED)))
            .isInstanceOf(Outcome.Done.class);
        crew.workOn();
        journey.promoted("feed", StageName.DROP);
        crew.workOn();
        assertThat(crew.finished()).isPositive();
      }
      assertWhole(journey, tally);
    }
  }

  @Test
  void backToTheBeginning() throws Exception {
    Tally tally = new Tally();
    try (Journey journey = Journey.asSuperuser(ControlledClient.TABLE)) {
      List<String> catalog = journey.catalog("items");
      journey.submitted(ControlledClient.CHANGE);
      try (Crew crew =
          Crew.start(journey.database(), ControlledClient.several(CLIENTS, SEED, tally))) {
        journey.promoted("feed", StageName.RETIRE);
        crew.workOn();
        assertThat(journey.rollback("feed", Optional.of(RolloutState.PLANNED)))
            .isInstanceOf(Outcome.Done.class);
        crew.workOn();
        assertThat(crew.finished()).isPositive();
      }
      assertWhole(journey, tally);
      assertThat(journey.catalog("items")).isEqualTo(catalog);
    }
  }

  static void assertWhole(Journey journey, Tally tally) throws Exception {
    assertThat(journey.rows(ControlledClient.LOST)).isEmpty();
    assertThat(journey.rows("SELECT count(*) - 4000, sum(n) FROM items"))
        .containsExactly(tally.rows.get() + "|" + tally.updates.get());
    assertThat(
            journey.rows(
                """
                SELECT slot_name FROM pg_replication_slots WHERE database = current_database()
                UNION ALL SELECT pubname FROM pg_publication"""))
        .as("left behind")
        .isEmpty();
  }
}
