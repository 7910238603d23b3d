package dev.gatefold.planner.change;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What may change about a backfill while it runs. Each is a key of the file's section {@code
 * backfill}, and its values are written as there; {@link #NONE} lifts a bound of the file.
 */
public enum PaceSetting {
  TARGET_BATCH_TIME("target_batch_time") {
    @Override
    public BackfillSettings in(BackfillSettings settings, String value) {
      return settings.withTargetBatchTime(ChangeFile.duration(value));
    }

    @Override
    public String of(BackfillSettings settings) {
      return words(settings.targetBatchTime());
    }
  },

  MAX_ROWS_PER_SECOND("max_rows_per_second") {
    @Override
    public BackfillSettings in(BackfillSettings settings, String value) {
      return settings.withMaxRowsPerSecond(
          value.equals(NONE) ? OptionalLong.empty() : OptionalLong.of(ChangeFile.positive(value)));
    }

    @Override
    public String of(BackfillSettings settings) {
      OptionalLong rows = settings.maxRowsPerSecond();
      return rows.isPresent() ? String.valueOf(rows.getAsLong()) : NONE;
    }
  },

  WORKERS("workers") {
    @Override
    public BackfillSettings in(BackfillSettings settings, String value) {
      return settings.withWorkers(ChangeFile.workers(value));
    }

    @Override
    public String of(BackfillSettings settings) {
      return String.valueOf(settings.workers());
    }
  },

  WINDOW("window") {
    @Override
    public BackfillSettings in(BackfillSettings settings, String value) {
      return settings.withWindow(
          value.equals(NONE) ? Optional.empty() : Optional.of(new Window(value)));
    }

    @Override
    public String of(BackfillSettings settings) {
      return settings.window().map(Window::words).orElse(NONE);
    }
  };

  public static final String NONE = "none";

  private final String key;

  PaceSetting(String key) {
    this.key = key;
  }

  public static Optional<PaceSetting> of(String key) {
    return Stream.of(values()).filter(it -> it.key.equals(key)).findFirst();
  }

  /** As in the file. */
  public String key() {
    return key;
  }

  /**
   * The settings with another value.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public abstract BackfillSettings in(BackfillSettings settings, String value);

  /** The value in settings, as it would be written. */
  public abstract String of(BackfillSettings settings);

  private static String words(Duration time) {
    long millis = time.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
