package dev.gatefold.executor.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatefold.executor.standalone.Backfills.Standing;
import dev.gatefold.executor.standalone.Run;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code backfill list -o json}. */
public record BackfillsShape(List<Backfill> backfills) {

  public BackfillsShape {
    backfills = List.copyOf(backfills);
  }

  public static BackfillsShape of(List<Standing> all) {
    return new BackfillsShape(all.stream().map(Backfill::of).toList());
  }

  /**
   * One backfill. What there is not is null; times are ISO 8601, in UTC.
   *
   * @param state of the run while one is open; else that the next one begins by itself, or how the
   *     last one ended
   * @param filling how the last run is doing, or what it cost
   */
  public record Backfill(
      String backfill,
      String table,
      String state,
      @Nullable String schedule,
      @JsonProperty("next_run") @Nullable String nextRun,
      @JsonProperty("last_run") @Nullable LastRun lastRun,
      @Nullable FillingShape filling) {

    static Backfill of(Standing standing) {
      return new Backfill(
          standing.backfill().name().value(),
          standing.backfill().table().toString(),
          standing.word(),
          standing.backfill().schedule().orElse(null),
          time(standing.backfill().next()),
          standing.last().map(LastRun::of).orElse(null),
          FillingShape.of(standing.filling()));
    }
  }

  /** A run. */
  public record LastRun(
      String state,
      @JsonProperty("due_at") @Nullable String dueAt,
      @JsonProperty("begun_at") @Nullable String begunAt,
      @JsonProperty("ended_at") @Nullable String endedAt,
      String actor,
      @Nullable String worker,
      @Nullable String outcome,
      @JsonProperty("rows_total") long rowsTotal,
      @JsonProperty("rows_done") long rowsDone) {

    static LastRun of(Run run) {
      return new LastRun(
          run.state().word(),
          time(run.dueAt()),
          time(run.begunAt()),
          time(run.endedAt()),
          run.actor(),
          run.takenBy().orElse(null),
          run.outcome().orElse(null),
          run.rowsTotal(),
          run.rowsDone());
    }
  }

  private static @Nullable String time(Optional<Instant> instant) {
    return instant.map(Instant::toString).orElse(null);
  }
}
