package dev.gatefold.executor.server;

import dev.gatefold.executor.filling.Filling;
import dev.gatefold.executor.report.StatusContext;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.standalone.Backfills.Standing;
import dev.gatefold.executor.store.FeedLook;
import dev.gatefold.executor.store.SpeedStore.Heard;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What monitoring wants to know of the rollouts that are not over, and of backfills of their own.
 * It comes from the database, so that one server tells of all processes. All are gauges: a backfill
 * that begins anew counts from nought. Not thread-safe.
 */
final class RolloutMetrics {

  private static final String PREFIX = "gatefold_";

  private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();

  private RolloutMetrics() {}

  static MetricSnapshots of(List<Rollout> rollouts, StatusContext known, List<Standing> backfills) {
    RolloutMetrics metrics = new RolloutMetrics();
    rollouts.stream()
        .filter(rollout -> !rollout.state().over())
        .forEach(
            rollout -> {
              metrics.add(rollout, known.filling(rollout.change()));
              known.feeds(rollout.change()).forEach(feed -> metrics.add(rollout, feed));
            });
    backfills.forEach(metrics::add);
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    metrics.gauges.values().forEach(gauge -> all.metricSnapshot(gauge.build()));
    return all.build();
  }

  private void add(Rollout rollout, Filling filling) {
    Labels name = Labels.of("name", rollout.change().value());
    point(
        "rollout_state",
        "1, with the state as a label",
        name.add("state", rollout.state().word()),
        1);
    point("rollout_paused", "1 where somebody paused it", name, rollout.paused() ? 1 : 0);
    point("rollout_failed", "1 where a stage stopped", name, rollout.failure().isPresent() ? 1 : 0);
    rows(name, rollout.progress().done(), rollout.progress().total());
    point("rows_differing", "Rows whose shapes differ", name, rollout.progress().mismatches());
    add(name, filling);
  }

  private void add(Rollout rollout, FeedLook feed) {
    Labels table = Labels.of("name", rollout.change().value(), "table", feed.name());
    point(
        "feed_slot",
        "1 where the server has kept all that the feed needs",
        table,
        of(feed.there()));
    point("feed_read", "1 where somebody reads the feed", table, of(feed.read()));
    feed.behind()
        .ifPresent(
            time -> point("feed_lag_seconds", "How far it lags", table, time.toMillis() / 1000.0));
    point("feed_lag_bytes", "Log that the server keeps for it", table, feed.bytes());
    point("feed_rows_without_value", "Rows that it has no value for", table, feed.pending());
  }

  private static long of(boolean is) {
    return is ? 1 : 0;
  }

  /** The label keeps it from a change of the same name. */
  private void add(Standing standing) {
    Labels name = Labels.of("kind", "backfill", "name", standing.backfill().name().value());
    point("backfill_state", "1, with the state as a label", name.add("state", standing.word()), 1);
    standing
        .last()
        .filter(run -> !run.state().over())
        .ifPresent(
            run -> {
              rows(name, run.rowsDone(), run.rowsTotal());
              add(name, standing.filling());
            });
  }

  private void rows(Labels name, long done, long total) {
    point("rows_done", "Rows passed by the pass under way", name, done);
    point("rows_estimated", "All rows of that pass, as estimated", name, total);
  }

  private void add(Labels name, Filling filling) {
    point("rows_bad", "Rows that cannot be converted and were kept", name, filling.badRows());
    filling.heard().forEach(heard -> add(name.add("table", heard.table()), heard));
  }

  private void add(Labels table, Heard heard) {
    point("backfill_processes", "Processes heard of in the last seconds", table, heard.processes());
    heard
        .rowsPerSecond()
        .ifPresent(rate -> point("backfill_rows_per_second", "Speed of all together", table, rate));
    heard
        .remaining()
        .ifPresent(
            left -> {
              String help = "How long it may still take";
              String name = "backfill_remaining_seconds";
              point(name, help, table.add("bound", "soonest"), left.soonest().toSeconds());
              point(name, help, table.add("bound", "latest"), left.latest().toSeconds());
            });
    if (heard.processes() > 0) {
      point(
          "backfill_share",
          "Part of the time in which it works: 0 holds still, 1 is not throttled",
          table,
          heard.pressure().share());
    }
    point("backfill_dead_tuples", "Row versions that it left behind", table, heard.deadTuples());
    point(
        "backfill_server_wal_bytes",
        "WAL that the whole server wrote while it ran",
        table,
        heard.serverWal());
  }

  private void point(String name, String help, Labels labels, long value) {
    point(name, help, labels, (double) value);
  }

  private void point(String name, String help, Labels labels, double value) {
    gauges
        .computeIfAbsent(name, it -> GaugeSnapshot.builder().name(PREFIX + it).help(help))
        .dataPoint(GaugeDataPointSnapshot.builder().labels(labels).value(value).build());
  }
}
