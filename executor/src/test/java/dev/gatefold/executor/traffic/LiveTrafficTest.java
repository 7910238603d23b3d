package dev.gatefold.executor.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A bank goes on with its work while a column gets another type and another one a new name. */
class LiveTrafficTest {

  private static final int SCALE = 1;
  private static final int CLIENTS = 4;
  private static final long SEED = 42;

  @Test
  void noTransactionFailsAndNoWriteIsLost() throws Exception {
    try (Journey journey = Journey.on(BankTables.create(SCALE))) {
      journey.submitted(BankTables.CHANGE);
      try (Crew crew = Crew.start(journey.database(), BankClient.several(CLIENTS, SCALE, SEED))) {
        crew.workOn();
        journey.promoted("accounts", StageName.DROP);
        assertThat(crew.finished()).isPositive();
      }
      assertThat(journey.rows(BankTables.SUMS)).containsExactly("0|0|0");
      assertThat(journey.rows(BankTables.COLUMNS))
          .containsExactly(
              "abalance|bigint", "aid|integer", "bid|integer", "padding|character(84)");
    }
  }

  @Test
  void norWhereTheChangeIsTakenBackFromRetired() throws Exception {
    try (Journey journey = Journey.on(BankTables.create(SCALE))) {
      List<String> catalog = journey.catalog("pgbench_accounts");
      journey.submitted(BankTables.CHANGE);
      try (Crew crew = Crew.start(journey.database(), BankClient.several(CLIENTS, SCALE, SEED))) {
        crew.workOn();
        journey.promoted("accounts", StageName.RETIRE);
        for (int stages = 0; stages < 3; stages++) {
          journey.rollback("accounts", Optional.empty());
        }
        crew.finished();
      }
      assertThat(journey.rows(BankTables.SUMS)).containsExactly("0|0|0");
      assertThat(journey.catalog("pgbench_accounts")).isEqualTo(catalog);
    }
  }
}
