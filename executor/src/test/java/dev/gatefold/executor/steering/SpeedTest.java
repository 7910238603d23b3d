package dev.gatefold.executor.steering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.progress.Remaining;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.store.SpeedStore;
import dev.gatefold.executor.store.SpeedStore.Heard;
import dev.gatefold.executor.store.SpeedStore.Said;
import dev.gatefold.executor.store.Subject;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What the processes that fill a table say of themselves. */
class SpeedTest {

  private static final SpeedStore SPEEDS = new SpeedStore();

  @Test
  void ofSeveralProcessesTheTableIsToldAsOne() throws Exception {
    try (Journey journey = Journey.on("CREATE TABLE orders (id int PRIMARY KEY, total text)");
        Connection connection = journey.database().connect()) {
      journey.submitted(
          """
          change: x
          operations:
            - alter_column: {table: orders, column: total, type: int}
          """);
      Subject rollout = Subject.rollout(journey.rollout("x").id());
      long table = Long.parseLong(journey.rows("SELECT 'orders'::regclass::oid").get(0));
      SPEEDS.say(connection, rollout, table, "a", said(100, 10, 20, Pressure.NONE));
      SPEEDS.say(connection, rollout, table, "b", said(50, 30, 40, Pressure.slow(0.5, "a reason")));
      // Both say so of the same WAL: it counts once.
      connection
          .createStatement()
          .execute(
              """
              UPDATE gatefold.speed SET wal_from = '0/1000', wal_to = '0/3000' WHERE worker = 'a';
              UPDATE gatefold.speed SET wal_from = '0/2000', wal_to = '0/4000' WHERE worker = 'b'
              """);
      Heard both = SPEEDS.heard(connection, rollout).get(0);
      assertThat(both)
          .isEqualTo(
              new Heard(
                  "public.orders",
                  2,
                  OptionalDouble.of(150),
                  Optional.of(new Remaining(Duration.ofSeconds(10), Duration.ofSeconds(40))),
                  Pressure.slow(0.5, "a reason"),
                  14,
                  0x3000,
                  both.at()));

      connection.createStatement().execute("UPDATE gatefold.speed SET at = at - interval '1 h'");
      Heard nobody = SPEEDS.heard(connection, rollout).get(0);
      assertThat(nobody)
          .isEqualTo(
              new Heard(
                  "public.orders",
                  0,
                  OptionalDouble.empty(),
                  Optional.empty(),
                  Pressure.NONE,
                  14,
                  0x3000,
                  nobody.at()));

      SPEEDS.forget(connection, rollout);
      assertThat(SPEEDS.heard(connection, rollout)).isEmpty();
    }
  }

  private static Said said(double speed, int soonest, int latest, Pressure pressure) {
    return new Said(
        OptionalDouble.of(speed),
        Optional.of(new Remaining(Duration.ofSeconds(soonest), Duration.ofSeconds(latest))),
        pressure,
        7,
        false);
  }
}
