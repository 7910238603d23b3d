package dev.gatefold.planner.change;

import dev.gatefold.planner.change.ThrottleSettings.Probe;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a file says about the throttles of a backfill. */
final class ThrottleFile {

  private ThrottleFile() {}

  /** From the keys {@code throttle} and {@code ignore_signals}; empty where all is the default. */
  static Optional<ThrottleSettings> read(YamlMap backfill) throws ChangeFileException {
    Map<SignalName, Long> limits = new EnumMap<>(SignalName.class);
    Optional<Probe> probe = Optional.empty();
    Optional<YamlMap> throttle = backfill.map("throttle");
    if (throttle.isPresent()) {
      for (SignalName signal : SignalName.values()) {
        limit(throttle.get(), signal).ifPresent(limit -> limits.put(signal, limit));
      }
      probe = probe(throttle.get().map("probe"));
      throttle.get().end();
    }
    List<SignalName> ignored = backfill.texts("ignore_signals", SignalName::parse);
    return Optional.of(new ThrottleSettings(limits, probe, ignored))
        .filter(settings -> !settings.equals(ThrottleSettings.DEFAULT));
  }

  private static Optional<Long> limit(YamlMap throttle, SignalName signal)
      throws ChangeFileException {
    Optional<String> key = signal.key();
    return key.isEmpty() ? Optional.empty() : throttle.parsed(key.get(), signal::limit);
  }

  private static Optional<Probe> probe(Optional<YamlMap> map) throws ChangeFileException {
    if (map.isEmpty()) {
      return Optional.empty();
    }
    Probe probe =
        new Probe(
            map.get().requiredParsed("sql", ThrottleFile::query),
            map.get()
                .parsed("timeout", text -> Duration.ofMillis(SignalUnit.TIME.parse(text)))
                .orElse(Probe.DEFAULT_TIMEOUT));
    map.get().end();
    return Optional.of(probe);
  }

  /** One statement: it is put into the parentheses of ours, in a transaction that only reads. */
  private static String query(String text) {
    String sql = ChangeFile.sql(text);
    if (sql.contains(";")) {
      throw new IllegalArgumentException("a probe is one query without a semicolon");
    }
    return sql;
  }
}
