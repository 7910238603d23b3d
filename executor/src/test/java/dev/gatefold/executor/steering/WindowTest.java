package dev.gatefold.executor.steering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.PaceOrder;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.PaceSetting;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The backfill of a change whose window is closed. */
class WindowTest {

  private static final ChangeName X = new ChangeName("x");

  @Test
  void itHoldsStillUntilTheWindowOpensOrIsLifted() throws Exception {
    LocalTime hour = LocalTime.ofInstant(Instant.now(), ZoneOffset.UTC);
    LocalTime opens = hour.truncatedTo(ChronoUnit.HOURS).plusHours(10);
    String change =
        """
        change: x
        operations: [{alter_column: {table: t, column: name, to: number, type: bigint}}]
        backfill: {window: "%s-%s UTC"}
        """
            .formatted(opens, opens.plusHours(2));
    try (Journey journey =
            Journey.on(
                """
                CREATE TABLE t (id int PRIMARY KEY, name text);
                INSERT INTO t SELECT i, i FROM generate_series(1, 1000) i;
                """);
        LiveRollouts other = LiveRollouts.open(DatabaseUrl.parse(journey.database().url()))) {
      journey.submitted(change).promoted("x", StageName.EXPAND);
      Lifting listener = new Lifting(journey, other);
      assertThat(journey.rollouts().promote(X, Journey.order(StageName.BACKFILL), listener))
          .isInstanceOf(Outcome.Done.class);
      assertThat(listener.reasons).first().asString().contains("the window", "opens in");
      assertThat(listener.rowsWhileClosed).isEqualTo("0");
      assertThat(journey.rows("SELECT count(number) FROM t")).containsExactly("1000");
    }
  }

  private static final class Lifting implements StageListener {

    private final List<String> reasons = new ArrayList<>();
    private final Journey journey;
    private final LiveRollouts other;
    private String rowsWhileClosed = "";

    Lifting(Journey journey, LiveRollouts other) {
      this.journey = journey;
      this.other = other;
    }

    @Override
    public void waiting(Step step, String reason) {
      reasons.add(reason);
      if (reasons.size() == 1) {
        try {
          rowsWhileClosed = journey.rows("SELECT count(number) FROM t").get(0);
          other.pace(X, new PaceOrder(Map.of(PaceSetting.WINDOW, PaceSetting.NONE), false));
        } catch (SQLException e) {
          throw new AssertionError(e);
        }
      }
    }
  }
}
