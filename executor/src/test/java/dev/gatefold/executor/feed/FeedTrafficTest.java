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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Eight clients write all the time; none of their statements fails, and no write is lost. */
class FeedTrafficTest {

  private static final int CLIENTS = 8;
  private static final long SEED = 20_261_122L;

  @ParameterizedTest
  @EnumSource
  void thereAndBackAndThereAgain(FedChange fed) throws Exception {
    Tally tally = new Tally();
    try (Journey journey = fed.journey()) {
      journey.submitted(fed.change());
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
      ControlledClient.assertWhole(journey, tally);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"COLUMNS", "PARTITIONS"})
  void backToTheBeginning(FedChange fed) throws Exception {
    Tally tally = new Tally();
    try (Journey journey = fed.journey()) {
      List<String> catalog = journey.catalog("items");
      journey.submitted(fed.change());
      try (Crew crew =
          Crew.start(journey.database(), ControlledClient.several(CLIENTS, SEED, tally))) {
        journey.promoted("feed", StageName.RETIRE);
        crew.workOn();
        assertThat(journey.rollback("feed", Optional.of(RolloutState.PLANNED)))
            .isInstanceOf(Outcome.Done.class);
        crew.workOn();
        assertThat(crew.finished()).isPositive();
      }
      ControlledClient.assertWhole(journey, tally);
      assertThat(journey.catalog("items")).isEqualTo(catalog);
    }
  }
}
