package dev.gatefold.executor.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Clients write through the table, straight to its partitions, and move rows between them. */
class PartitionedTrafficTest {

  private static final int CLIENTS = 4;
  private static final long SEED = 7;

  @Test
  void noStatementFailsAndNoWriteIsLost() throws Exception {
    try (Journey journey = Journey.on(MovingClient.TABLES)) {
      journey.submitted(MovingClient.CHANGE);
      try (Crew crew = Crew.start(journey.database(), MovingClient.several(CLIENTS, SEED))) {
        crew.workOn();
        journey.promoted("parts", StageName.DROP);
        assertThat(crew.finished()).isPositive();
      }
      assertThat(journey.rows(MovingClient.SUMS)).containsExactly("0|t");
    }
  }

  @Test
  void norWhereTheChangeIsTakenBackFromRetired() throws Exception {
    try (Journey journey = Journey.on(MovingClient.TABLES)) {
      List<String> columns = journey.rows(MovingClient.COLUMNS);
      journey.submitted(MovingClient.CHANGE);
      try (Crew crew = Crew.start(journey.database(), MovingClient.several(CLIENTS, SEED))) {
        crew.workOn();
        journey.promoted("parts", StageName.RETIRE);
        for (int stages = 0; stages < 3; stages++) {
          assertThat(journey.rollback("parts", Optional.empty())).isInstanceOf(Outcome.Done.class);
        }
        crew.finished();
      }
      assertThat(journey.rows(MovingClient.SUMS)).containsExactly("0|t");
      assertThat(journey.rows(MovingClient.COLUMNS)).isEqualTo(columns);
    }
  }
}
