package dev.gatefold.executor.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long each statement that changes the schema would queue for a lock, as the server has it. */
class BriefLocksTest {

  private static final String TABLES =
      """
      CREATE TABLE customers (id int PRIMARY KEY, code text UNIQUE);
      CREATE TABLE orders (
        id bigint PRIMARY KEY,
        total int NOT NULL DEFAULT 0 CHECK (total >= 0),
        customer text REFERENCES customers (code),
        email text UNIQUE);
      CREATE INDEX orders_total ON orders (total);
      INSERT INTO customers VALUES (1, 'c');
      INSERT INTO orders SELECT i, i, 'c', 'm' || i FROM generate_series(1, 500) i;
      """;

  /** The server tells before each statement of DDL, in whichever session. */
  private static final String WITNESS =
      """
      CREATE TABLE asked (statement text, lock_timeout interval);
      CREATE FUNCTION witness() RETURNS event_trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO public.asked
        SELECT current_query(), current_setting('lock_timeout')::interval
        WHERE current_query() LIKE '%public%orders%' AND current_query() NOT LIKE '%pg_temp%';
      END $$;
      CREATE EVENT TRIGGER witness ON ddl_command_start EXECUTE FUNCTION witness();
      """;

  private static final String CHANGE =
      """
      change: shape
      operations:
        - alter_column: {table: orders, column: total, type: bigint}
        - rename_column: {table: orders, column: customer, to: buyer}
        - rename_column: {table: orders, column: email, to: mail}
      """;

  /** These stop no write, and a lock timeout would break them off: see the lock table. */
  private static final String ONLINE = "'CONCURRENTLY|VALIDATE CONSTRAINT'";

  @Test
  void whateverCouldStopAWriteAsksForATenthOfASecondAtMost() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(CHANGE).sql(WITNESS);
      journey.promoted("shape", StageName.RETIRE);
      assertThat(journey.rollback("shape", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      journey.submitted(CHANGE).promoted("shape", StageName.DROP);

      assertThat(
              journey.rows(
                  "SELECT DISTINCT statement, lock_timeout FROM asked WHERE statement !~ "
                      + ONLINE
                      + " AND NOT lock_timeout BETWEEN '1 ms' AND '100 ms'"))
          .isEmpty();
      assertThat(journey.rows("SELECT count(*) FROM asked WHERE statement ~ " + ONLINE))
          .isNotEqualTo(journey.rows("SELECT 0"));
      assertThat(journey.rows("SELECT count(*) > 20 FROM asked WHERE statement !~ " + ONLINE))
          .containsExactly("t");
      assertThat(
              journey.rows(
                  "SELECT statement FROM asked WHERE lock_timeout > '0' AND statement ~ " + ONLINE))
          .isEmpty();
    }
  }
}
