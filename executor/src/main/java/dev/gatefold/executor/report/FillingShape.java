package dev.gatefold.executor.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatefold.backfill.progress.Remaining;
import dev.gatefold.executor.filling.Filling;
import dev.gatefold.executor.store.SpeedStore.Heard;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the backfill of a change is doing. What is not known is null. */
public record FillingShape(
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Steered> steered,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Table> tables,
    @JsonProperty("bad_rows") long badRows) {

  public FillingShape {
    steered = List.copyOf(steered);
    tables = List.copyOf(tables);
  }

  static @Nullable FillingShape of(Filling filling) {
    return filling.equals(Filling.NONE)
        ? null
        : new FillingShape(
            filling.steered().stream()
                .map(
                    it ->
                        new Steered(
                            it.setting(), it.value(), it.file(), it.by(), it.at().toString()))
                .toList(),
            filling.heard().stream().map(Table::of).toList(),
            filling.badRows());
  }

  /** A value that counts instead of the file's. */
  public record Steered(String setting, String value, String file, String by, String at) {}

  /**
   * What the processes that work on one table said last.
   *
   * @param processes how many were heard of in the last seconds
   * @param share of the time in which they work, from 0, holding still, to 1
   * @param throttledBy why it is no more, in words
   * @param serverWalBytes WAL that the server wrote meanwhile, by whomever
   */
  public record Table(
      String table,
      int processes,
      @JsonProperty("rows_per_second") @Nullable Double rowsPerSecond,
      @JsonProperty("remaining_seconds") @Nullable Range remaining,
      double share,
      @JsonProperty("throttled_by") List<String> throttledBy,
      @JsonProperty("dead_tuples") long deadTuples,
      @JsonProperty("server_wal_bytes") long serverWalBytes,
      @JsonProperty("measured_at") String measuredAt) {

    static Table of(Heard heard) {
      return new Table(
          heard.table(),
          heard.processes(),
          heard.rowsPerSecond().isPresent() ? heard.rowsPerSecond().getAsDouble() : null,
          heard.remaining().map(Range::of).orElse(null),
          heard.pressure().share(),
          heard.pressure().reasons(),
          heard.deadTuples(),
          heard.serverWal(),
          heard.at().toString());
    }
  }

  /** In seconds. */
  public record Range(long soonest, long latest) {
    static Range of(Remaining remaining) {
      return new Range(remaining.soonest().toSeconds(), remaining.latest().toSeconds());
    }
  }
}
