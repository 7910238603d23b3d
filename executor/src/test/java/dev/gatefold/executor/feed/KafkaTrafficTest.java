package dev.gatefold.executor.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.feed.ControlledClient.Tally;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.traffic.Crew;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.testing.broker.TestBroker;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A table is followed into another one through Kafka, by three machines of which one leaves and
 * another one joins, while eight clients write: no statement of theirs fails, and no write is lost.
 */
class KafkaTrafficTest {

  private static final int CLIENTS = 8;
  private static final int MACHINES = 3;
  private static final int PARTITIONS = 6;

  /** Server, broker, three machines and their readers are on this one. */
  private static final double REST = 0.015;

  private static final long SEED = 20_261_123L;

  private static TestBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = TestBroker.start();
  }

  @AfterAll
  static void stop() throws Exception {
    broker.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"OTHER_KEY", "PARTITIONS"})
  void thereAndBackAndThereAgain(FedChange fed) throws Exception {
    Tally tally = new Tally();
    try (Journey journey = Journey.asSuperuser(fed.table(), Appliers.settings(broker));
        Appliers appliers = Appliers.start(MACHINES, journey.database().url(), broker)) {
      journey.submitted(fed.changeThroughKafka(PARTITIONS));
      try (Crew crew =
          Crew.start(journey.database(), ControlledClient.several(CLIENTS, SEED, tally, REST))) {
        crew.workOn();
        journey.promoted("feed", StageName.RETIRE);
        crew.workOn();
        appliers.leave();
        appliers.join(journey.database().url(), broker);
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
}
