package dev.gatefold.executor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Settings that somebody changes in the database while a backfill asks for them. */
class SteeringTest {

  private final List<String> troubles = new ArrayList<>();
  private Duration passed = Duration.ZERO;
  private int opened;

  @Test
  void aNewValueCountsAtTheNextLook() throws Exception {
    try (TestDatabase database = database();
        Steering steering = steering(database)) {
      assertThat(opened).as("nobody asked yet").isZero();
      database.execute("UPDATE pace SET ms = 50");
      assertThat(steering.get()).isEqualTo(BackfillSettings.DEFAULT);
      passed = passed.plus(Steering.BETWEEN_LOOKS);
      assertThat(steering.get().targetBatchTime()).isEqualTo(Duration.ofMillis(50));

      database.execute("UPDATE pace SET ms = 60");
      assertThat(steering.get().targetBatchTime()).isEqualTo(Duration.ofMillis(50));
      passed = passed.plus(Steering.BETWEEN_LOOKS);
      assertThat(steering.get().targetBatchTime()).isEqualTo(Duration.ofMillis(60));
      assertThat(opened).isEqualTo(1);
      assertThat(troubles).isEmpty();
    }
  }

  @Test
  void whereItCannotBeReadTheLastOneStaysUntilItCan() throws Exception {
    try (TestDatabase database = database();
        Steering steering = steering(database)) {
      database.execute("UPDATE pace SET ms = 50");
      passed = passed.plus(Steering.BETWEEN_LOOKS);
      steering.get();
      database.asSuperuser(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'pacer'");
      database.execute("UPDATE pace SET ms = 60");
      passed = passed.plus(Steering.BETWEEN_LOOKS);
      assertThat(steering.get().targetBatchTime()).isEqualTo(Duration.ofMillis(50));
      assertThat(troubles)
          .singleElement()
          .asString()
          .startsWith("a new pace would not be noticed: ");

      passed = passed.plus(Steering.BETWEEN_LOOKS);
      assertThat(steering.get().targetBatchTime()).isEqualTo(Duration.ofMillis(60));
      assertThat(opened).isEqualTo(2);
    }
  }

  private static TestDatabase database() throws SQLException {
    TestDatabase database = TestDatabase.create();
    database.execute("CREATE TABLE pace AS SELECT 20 AS ms");
    return database;
  }

  private Steering steering(TestDatabase database) {
    return new Steering(
        BackfillSettings.DEFAULT,
        () -> {
          opened++;
          Connection connection = database.connect();
          Query.of("SELECT set_config('application_name', 'pacer', false)")
              .first(connection, row -> row.getString(1));
          return connection;
        },
        connection ->
            BackfillSettings.DEFAULT.withTargetBatchTime(
                Query.of("SELECT ms FROM pace")
                    .first(connection, row -> Duration.ofMillis(row.getLong(1)))
                    .orElseThrow()),
        () -> passed.toNanos(),
        troubles::add);
  }
}
