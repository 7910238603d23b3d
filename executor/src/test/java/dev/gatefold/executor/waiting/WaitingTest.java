package dev.gatefold.executor.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.traffic.Crew;
import dev.gatefold.executor.waiting.ForgottenSession.Deed;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A session idle in a transaction during each single step that changes the schema: it delays the
 * change, which names it meanwhile, and nobody else.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class WaitingTest {

  private static final ChangeName NAME = new ChangeName("shape");

  private static final String TABLES =
      """
      CREATE TABLE customers (id int PRIMARY KEY, code text UNIQUE, note text);
      INSERT INTO customers SELECT i, 'c' || i FROM generate_series(1, 20) i;
      CREATE TABLE orders (
        id bigint PRIMARY KEY,
        total int NOT NULL DEFAULT 0 CHECK (total >= 0),
        customer text REFERENCES customers (code),
        email text UNIQUE,
        note text);
      CREATE INDEX orders_total ON orders (total);
      INSERT INTO orders SELECT i, i, 'c' || (i % 20 + 1), 'm' || i FROM generate_series(1, 500) i;
      """;

  private static final String CHANGE =
      """
      change: shape
      operations:
        - alter_column: {table: orders, column: total, type: bigint}
        - rename_column: {table: orders, column: customer, to: buyer}
        - rename_column: {table: orders, column: email, to: mail}
      """;

  private static final String IN_PLACE =
      """
      change: shape
      operations:
        - alter_column: {table: orders, column: total, nullable: true, default: "7"}
      """;

  @ParameterizedTest
  @EnumSource(Deed.class)
  void c13_longTransactionOpenDuringEveryDdl(Deed deed) throws Exception {
    try (Journey journey = Journey.on(TABLES);
        Crew passers = Passers.on(journey.database())) {
      journey.submitted(CHANGE);
      promoted(journey, new InTheWay(journey.database(), deed, passers), StageName.DROP);
      assertThat(passers.finished()).isPositive();
      assertThat(journey.rollout("shape").state()).isEqualTo(RolloutState.COMPLETED);
      assertThat(journey.rows("SELECT count(*) FROM orders WHERE id <= 500 AND total <> id"))
          .containsExactly("0");
      assertNobodyIsLeft(journey);
    }
  }

  @Test
  void delaysTheWayBackAndNobodyElse() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      List<String> catalog = journey.catalog("orders");
      journey.submitted(CHANGE).promoted("shape", StageName.RETIRE);
      try (Crew passers = Passers.on(journey.database())) {
        back(journey, new InTheWay(journey.database(), Deed.WROTE, passers));
        assertThat(passers.finished()).isPositive();
      }
      assertThat(journey.catalog("orders")).isEqualTo(catalog);
    }
  }

  @Test
  void delaysAChangeInPlaceThereAndBackAndNobodyElse() throws Exception {
    try (Journey journey = Journey.on(TABLES);
        Crew passers = Passers.on(journey.database())) {
      List<String> catalog = journey.catalog("orders");
      journey.submitted(IN_PLACE);
      promoted(journey, new InTheWay(journey.database(), Deed.READ, passers), StageName.EXPAND);
      assertThat(journey.rollout("shape").state()).isEqualTo(RolloutState.COMPLETED);
      back(journey, new InTheWay(journey.database(), Deed.WROTE, passers));
      assertThat(passers.finished()).isPositive();
      assertThat(journey.catalog("orders")).isEqualTo(catalog);
    }
  }

  /** Whoever looked around while an index was built went with it. */
  private static void assertNobodyIsLeft(Journey journey) {
    await()
        .until(
            () ->
                journey
                    .rows(
                        """
                        SELECT count(*) FROM pg_stat_activity
                        WHERE application_name = 'gatefold' AND datname = current_database()\
                        """)
                    .equals(List.of("1")));
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("gatefold lookout");
  }

  private static void back(Journey journey, InTheWay way) throws Exception {
    assertThat(journey.rollouts().rollback(NAME, Optional.of(RolloutState.PLANNED), way))
        .isInstanceOf(Outcome.Done.class);
    way.assertAllWaited();
  }

  private static void promoted(Journey journey, InTheWay way, StageName last) throws Exception {
    for (StageName stage : StageName.values()) {
      if (stage.compareTo(last) <= 0) {
        assertThat(journey.rollouts().promote(NAME, Journey.order(stage), way))
            .as("stage %s", stage)
            .isInstanceOf(Outcome.Done.class);
      }
    }
    way.assertAllWaited();
  }
}
