package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sequences of a table that another role owns than the one that we are. */
class OtherOwnerTest {

  @Test
  void sequencesBelongToTheOwnerOfTheTable() throws Exception {
    try (Journey journey =
        Journey.asSuperuser(
            """
            CREATE TABLE orders (id int PRIMARY KEY, number serial,
                                 ticket int GENERATED ALWAYS AS IDENTITY);
            INSERT INTO orders SELECT generate_series(1, 10);
            ALTER TABLE orders OWNER TO pg_monitor;
            """)) {
      journey.submitted(
          """
          change: c
          operations:
            - add_column: {table: orders, column: line, type: serial}
            - add_column: {table: orders, column: page, type: int, identity: always}
            - alter_column: {table: orders, column: number, default: null, identity: by_default}
            - alter_column: {table: orders, column: ticket, identity: null}
          """);
      journey.promoted("c", StageName.RETIRE);
      assertThat(
              journey.rows(
                  "SELECT DISTINCT relowner::regrole FROM pg_class"
                      + " WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace"))
          .containsExactly("pg_monitor");

      assertThat(journey.rollback("c", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
    }
  }
}
