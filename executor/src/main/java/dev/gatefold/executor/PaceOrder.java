package dev.gatefold.executor;

import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.PaceSetting;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * New values for a backfill, from now on and whether it runs or not. Immutable and thread-safe.
 *
 * @param values in the words of the file; what is left out stays as it is
 * @param likeFile first takes back whatever was given before
 */
public record PaceOrder(Map<PaceSetting, String> values, boolean likeFile) {

  public PaceOrder {
    values = Map.copyOf(values);
    for (Map.Entry<PaceSetting, String> value : values.entrySet()) {
      try {
        value.getKey().in(BackfillSettings.DEFAULT, value.getValue());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(value.getKey().key() + ": " + e.getMessage(), e);
      }
    }
  }

  public boolean isEmpty() {
    return values.isEmpty() && !likeFile;
  }

  /** {@code target_batch_time 50ms, max_rows_per_second none}. */
  @Override
  public String toString() {
    String given =
        new TreeMap<>(values)
            .entrySet().stream()
                .map(value -> value.getKey().key() + " " + value.getValue())
                .collect(Collectors.joining(", "));
    String file = likeFile ? "as the file says" : "";
    return given.isEmpty() ? file : file.isEmpty() ? given : file + ", but " + given;
  }
}
