package dev.gatefold.executor.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Kill -9 while columns move to another table: the next run goes on where the last one was. */
class KilledMoveTest {

  private static final int ROWS = 20_000;

  @Test
  void inTheMiddleOfTheBackfill() throws Exception {
    try (Journey journey =
        Journey.on(
                """
                CREATE TABLE users (id bigint PRIMARY KEY, bio text);
                CREATE TABLE profiles (user_id bigint PRIMARY KEY REFERENCES users);
                INSERT INTO users SELECT i, 'b' || i FROM generate_series(1, %d) i;
                INSERT INTO profiles SELECT id FROM users;
                ANALYZE users;
                """
                    .formatted(ROWS))
            .submitted(
                """
                change: shape
                operations:
                  - move_columns: {table: users, to: profiles, columns: [bio], where: {id: user_id}}
                backfill: {target_batch_time: 5ms}
                """)
            .promoted("shape", StageName.EXPAND)) {
      for (int kill = 0; kill < 2; kill++) {
        long instant = kill * 8_000L;
        try (ExecutorProcess process =
            ExecutorProcess.start(
                journey.database().url(), List.of("shape", "promote", "backfill"), "")) {
          assertThat(
                  process.await(
                      line ->
                          line.startsWith("rows ") && Long.parseLong(line.substring(5)) >= instant))
              .isPresent();
          process.kill();
        }
        journey.sql("UPDATE users SET bio = 'mended' WHERE id % 1000 = " + kill);
      }
      assertThat(journey.rows("SELECT rows_done > 0 FROM gatefold.backfill_progress"))
          .containsExactly("t");
      assertThat(journey.promote("shape", StageName.BACKFILL)).isInstanceOf(Outcome.Done.class);
      assertThat(
              journey.rows(
                  "SELECT count(*) FROM users u JOIN profiles p ON p.user_id = u.id"
                      + " WHERE p.bio = u.bio AND (p.bio = 'mended') = (u.id % 1000 < 2)"))
          .containsExactly(String.valueOf(ROWS));
    }
  }
}
