package dev.gatefold.executor.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.PaceOrder;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.report.StatusContext;
import dev.gatefold.executor.store.SpeedStore.Heard;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.PaceSetting;
import dev.gatefold.planner.plan.StageName;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A backfill that somebody steers from elsewhere while it runs. */
class SteeredBackfillTest {

  private static final ChangeName X = new ChangeName("x");

  /** As the file has it, it would take five minutes. */
  private static final String CHANGE =
      """
      change: x
      operations:
        - alter_column: {table: orders, column: total, type: int}
      backfill: {max_rows_per_second: 100}
      """;

  @Test
  void itFollowsWithoutARestartAndTellsHowItIsDoing() throws Exception {
    try (Journey journey =
            Journey.on(
                """
                CREATE TABLE orders (id int PRIMARY KEY, total text);
                INSERT INTO orders SELECT i, i::text FROM generate_series(1, 30000) i;
                ANALYZE orders
                """);
        LiveRollouts elsewhere = LiveRollouts.open(DatabaseUrl.parse(journey.database().url()))) {
      journey.submitted(CHANGE).promoted("x", StageName.EXPAND);
      CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> promote(journey));
      heard(elsewhere, heard -> heard.processes() == 1 && heard.deadTuples() > 0);

      elsewhere.pace(X, new PaceOrder(Map.of(PaceSetting.WINDOW, closed()), false));
      Heard held = heard(elsewhere, heard -> heard.pressure().holds());
      assertThat(held.pressure().reasons()).singleElement().asString().startsWith("the window ");
      assertThat(held.rowsPerSecond()).isEmpty();

      elsewhere.pace(
          X,
          new PaceOrder(
              Map.of(PaceSetting.WINDOW, "none", PaceSetting.MAX_ROWS_PER_SECOND, "none"), false));
      assertThat(outcome.get(60, TimeUnit.SECONDS)).isInstanceOf(Outcome.Done.class);
      Heard done = heard(elsewhere).get(0);
      assertThat(done.table()).isEqualTo("public.orders");
      assertThat(done.deadTuples()).isEqualTo(30_000);
      assertThat(done.serverWal()).isPositive();
    }
  }

  /** Opens two hours from now. */
  private static String closed() {
    LocalTime opens = LocalTime.now(ZoneOffset.UTC).plusHours(2).withMinute(0);
    return "%02d:00-%02d:30 UTC".formatted(opens.getHour(), opens.getHour());
  }

  private static Outcome promote(Journey journey) {
    try {
      return journey.rollouts().promote(X, Journey.order(StageName.BACKFILL), StageListener.SILENT);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Heard heard(LiveRollouts elsewhere, Predicate<Heard> wanted) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> heard(elsewhere), all -> all.stream().anyMatch(wanted))
        .get(0);
  }

  private static List<Heard> heard(LiveRollouts elsewhere) throws SQLException {
    return StatusContext.of(elsewhere, X).filling(X).heard();
  }
}
