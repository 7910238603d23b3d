package dev.gatefold.planner.change;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a file says about who may slow a backfill down. What it does not say is left to the signals,
 * which know their defaults.
 *
 * @param limits in the unit of the signal
 * @param ignored which are not looked at
 */
public record ThrottleSettings(
    @JsonInclude(Include.NON_EMPTY) Map<SignalName, Long> limits,
    @JsonInclude(Include.NON_ABSENT) Optional<Probe> probe,
    @JsonInclude(Include.NON_EMPTY) List<SignalName> ignored) {

  /** Every signal by its default. */
  public static final ThrottleSettings DEFAULT =
      new ThrottleSettings(Map.of(), Optional.empty(), List.of());

  /** No signal at all. */
  public static final ThrottleSettings NONE =
      new ThrottleSettings(Map.of(), Optional.empty(), List.of(SignalName.values()));

  /**
   * So many bytes of log a replication slot may keep where a file says nothing: 1 GB, the default
   * of {@code max_wal_size}, is no more than the server keeps anyhow. Who confirms every few
   * seconds is far below it.
   */
  public static final long DEFAULT_SLOT_LAG = 1L << 30;

  public ThrottleSettings {
    // In the order of the signals, so that the same settings have the same fingerprint.
    Map<SignalName, Long> sorted = new EnumMap<>(SignalName.class);
    sorted.putAll(Objects.requireNonNullElse(limits, Map.of()));
    limits = Collections.unmodifiableMap(sorted);
    probe = Objects.requireNonNullElse(probe, Optional.empty());
    ignored =
        Objects.requireNonNullElse(ignored, List.<SignalName>of()).stream()
            .distinct()
            .sorted()
            .toList();
  }

  /**
   * A question of the team's own.
   *
   * @param sql answers one row: true or 1 to go on, false or 0 to hold still, a number in between
   *     for that share of the time
   * @param timeout how long the server may think about it
   */
  public record Probe(String sql, Duration timeout) {

    /** For a probe that names no timeout: it is asked twice a second. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(500);
  }

  public OptionalLong limit(SignalName signal) {
    Long limit = limits.get(signal);
    return limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
  }

  public boolean heeds(SignalName signal) {
    return !ignored.contains(signal);
  }

  /** The same for who only reads: it writes no log, and leaves nothing to be cleaned. */
  public ThrottleSettings forReading() {
    return ignoring(
        Stream.concat(
                ignored.stream(),
                Stream.of(
                    SignalName.REPLICA_LAG,
                    SignalName.WAL_RATE,
                    SignalName.ARCHIVE_BACKLOG,
                    SignalName.SLOT_LAG,
                    SignalName.DEAD_ROWS,
                    SignalName.XID_AGE))
            .toList());
  }

  public ThrottleSettings withLimit(SignalName signal, long limit) {
    Map<SignalName, Long> more = new EnumMap<>(SignalName.class);
    more.putAll(limits);
    more.put(signal, limit);
    return new ThrottleSettings(more, probe, ignored);
  }

  public ThrottleSettings ignoring(List<SignalName> signals) {
    return new ThrottleSettings(limits, probe, signals);
  }
}
