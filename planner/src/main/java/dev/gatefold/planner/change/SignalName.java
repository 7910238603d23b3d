package dev.gatefold.planner.change;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a backfill heeds beside its own work, and in which unit a file sets the limit of it. */
public enum SignalName {
  /** Milliseconds by which a standby is behind. */
  REPLICA_LAG(SignalUnit.TIME),
  /** Bytes of log in a second, of all sessions. */
  WAL_RATE(SignalUnit.SIZE),
  /** Files of log that wait to be archived. */
  ARCHIVE_BACKLOG(SignalUnit.NUMBER),
  /** Bytes of log that a replication slot keeps. */
  SLOT_LAG(SignalUnit.SIZE),
  /** Sessions of others that run a statement. */
  ACTIVE_SESSIONS(SignalUnit.NUMBER),
  /** Sessions that wait for the backfill or its table; has no limit. */
  LOCK_WAITS(SignalUnit.NONE),
  /** Dead rows of the table, in percent of the live ones. */
  DEAD_ROWS(SignalUnit.PERCENT),
  /** Transactions by which the oldest one that the server has to remember is old. */
  XID_AGE(SignalUnit.NUMBER),
  /** What a query of the team's own answers; has no limit. */
  PROBE(SignalUnit.NONE);

  private final SignalUnit unit;

  SignalName(SignalUnit unit) {
    this.unit = unit;
  }

  /** As files have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The key of its limit; empty where it has none. */
  Optional<String> key() {
    return unit == SignalUnit.NONE ? Optional.empty() : Optional.of("max_" + word());
  }

  long limit(String text) {
    return unit.parse(text);
  }

  /**
   * Reads a name.
   *
   * @throws IllegalArgumentException that lists the known ones
   */
  static SignalName parse(String text) {
    return Stream.of(values())
        .filter(it -> it.word().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"%s\" is no signal; there are %s"
                        .formatted(
                            text,
                            Stream.of(values())
                                .map(SignalName::word)
                                .collect(Collectors.joining(", ")))));
  }
}
