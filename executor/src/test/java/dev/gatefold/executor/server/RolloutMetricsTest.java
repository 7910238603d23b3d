package dev.gatefold.executor.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.progress.Remaining;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.executor.filling.Filling;
import dev.gatefold.executor.report.StatusContext;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.Rollout.RowCounts;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.rollout.StoredPlan;
import dev.gatefold.executor.standalone.Backfills.Standing;
import dev.gatefold.executor.standalone.Run;
import dev.gatefold.executor.standalone.Run.State;
import dev.gatefold.executor.standalone.Standalone;
import dev.gatefold.executor.store.SpeedStore.Heard;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.StageName;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RolloutMetricsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final ChangeName TOTAL = new ChangeName("total");

  @Test
  void aRunningBackfillIsTold() throws IOException {
    Heard heard =
        new Heard(
            "public.orders",
            2,
            OptionalDouble.of(1200),
            Optional.of(new Remaining(Duration.ofSeconds(10), Duration.ofSeconds(20))),
            Pressure.slow(0.5, "a replica"),
            300,
            4096,
            NOON);
    assertThat(lines(RolloutState.BACKFILLING, new Filling(List.of(), List.of(heard), 3)))
        .containsExactly(
            "gatefold_backfill_dead_tuples{name=\"total\",table=\"public.orders\"} 300.0",
            "gatefold_backfill_processes{name=\"total\",table=\"public.orders\"} 2.0",
            "gatefold_backfill_remaining_seconds"
                + "{bound=\"latest\",name=\"total\",table=\"public.orders\"} 20.0",
            "gatefold_backfill_remaining_seconds"
                + "{bound=\"soonest\",name=\"total\",table=\"public.orders\"} 10.0",
            "gatefold_backfill_rows_per_second{name=\"total\",table=\"public.orders\"} 1200.0",
            "gatefold_backfill_server_wal_bytes{name=\"total\",table=\"public.orders\"} 4096.0",
            "gatefold_backfill_share{name=\"total\",table=\"public.orders\"} 0.5",
            "gatefold_rollout_failed{name=\"total\"} 0.0",
            "gatefold_rollout_paused{name=\"total\"} 1.0",
            "gatefold_rollout_state{name=\"total\",state=\"backfilling\"} 1.0",
            "gatefold_rows_bad{name=\"total\"} 3.0",
            "gatefold_rows_differing{name=\"total\"} 0.0",
            "gatefold_rows_done{name=\"total\"} 250.0",
            "gatefold_rows_estimated{name=\"total\"} 1000.0");
  }

  @Test
  void soIsARunOfABackfillOfItsOwn() throws IOException {
    assertThat(lines(standing(State.RUNNING)))
        .containsExactly(
            "gatefold_backfill_dead_tuples"
                + "{kind=\"backfill\",name=\"total\",table=\"public.orders\"} 300.0",
            "gatefold_backfill_processes"
                + "{kind=\"backfill\",name=\"total\",table=\"public.orders\"} 0.0",
            "gatefold_backfill_server_wal_bytes"
                + "{kind=\"backfill\",name=\"total\",table=\"public.orders\"} 4096.0",
            "gatefold_backfill_state" + "{kind=\"backfill\",name=\"total\",state=\"running\"} 1.0",
            "gatefold_rows_bad{kind=\"backfill\",name=\"total\"} 2.0",
            "gatefold_rows_done{kind=\"backfill\",name=\"total\"} 1200.0",
            "gatefold_rows_estimated{kind=\"backfill\",name=\"total\"} 5000.0");
    assertThat(lines(standing(State.FAILED)))
        .containsExactly(
            "gatefold_backfill_state" + "{kind=\"backfill\",name=\"total\",state=\"failed\"} 1.0");
  }

  private static Standing standing(State state) {
    Run run =
        new Run(
            1,
            TOTAL,
            "",
            state,
            Optional.empty(),
            true,
            Optional.empty(),
            "ann",
            NOON,
            Optional.empty(),
            Optional.of(NOON),
            state.over() ? Optional.of(NOON) : Optional.empty(),
            Optional.empty(),
            5000,
            1200);
    Heard heard =
        new Heard(
            "public.orders",
            0,
            OptionalDouble.empty(),
            Optional.empty(),
            Pressure.NONE,
            300,
            4096,
            NOON);
    return new Standing(
        new Standalone(
            1,
            TOTAL,
            TableName.parse("public.orders"),
            "",
            Optional.empty(),
            Optional.empty(),
            "ann"),
        Optional.of(run),
        new Filling(List.of(), List.of(heard), 2));
  }

  private static List<String> lines(Standing standing) throws IOException {
    return lines(RolloutMetrics.of(List.of(), StatusContext.NONE, List.of(standing)));
  }

  @Test
  void whatIsOverIsNotTold() throws IOException {
    assertThat(lines(RolloutState.COMPLETED, Filling.NONE)).isEmpty();
  }

  private static List<String> lines(RolloutState state, Filling filling) throws IOException {
    Rollout rollout =
        new Rollout(
            1,
            TOTAL,
            state,
            Optional.of(StageName.BACKFILL),
            Optional.empty(),
            true,
            Optional.empty(),
            new StoredPlan(
                List.of(),
                () -> {
                  throw new IllegalStateException("metrics need no plan");
                }),
            "",
            new RowCounts(1000, 250, 0),
            NOON);
    StatusContext known =
        new StatusContext(
            Map.of(), Map.of(TOTAL, filling), List.of(), Map.of(), Map.of(), List.of());
    return lines(RolloutMetrics.of(List.of(rollout), known, List.of()));
  }

  private static List<String> lines(MetricSnapshots metrics) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    ExpositionFormats.init().getPrometheusTextFormatWriter().write(text, metrics);
    return text.toString(StandardCharsets.UTF_8).lines().filter(it -> !it.startsWith("#")).toList();
  }
}
