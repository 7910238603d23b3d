package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.schema.Load.Traffic;
import dev.gatefold.planner.schema.Table;
import java.util.Arrays;
import java.util.Optional;

/**
 * How much a table weighs. What is not known weighs neither way.
 *
 * @param size -1 for a small table, 1 for a large one
 * @param traffic -1 for a table that is hardly used, 1 for a busy one
 */
public record Weight(int size, int traffic) {

  static final Weight UNKNOWN = new Weight(0, 0);

  private static final long MEGABYTE = 1L << 20;

  public static final long SMALL_ROWS = 10_000;
  public static final long SMALL_BYTES = 16 * MEGABYTE;
  static final long LARGE_ROWS = 1_000_000;
  static final long LARGE_BYTES = 1024 * MEGABYTE;

  /** Once a minute. */
  static final long IDLE_PER_HOUR = 60;

  /** Ten times a second. */
  static final long BUSY_PER_HOUR = 36_000;

  /** What a hazard is weighed by. */
  public enum By {
    NOTHING,
    SIZE,
    TRAFFIC
  }

  /** Whether plain DDL on it takes no longer than a moment, rewritten and scanned as it may be. */
  public static boolean isSmall(Table table) {
    return size(table) < 0;
  }

  static Weight of(Table table) {
    return new Weight(size(table), traffic(table));
  }

  private static int size(Table table) {
    long rows = table.rows();
    long bytes = table.load().bytes();
    if (rows >= LARGE_ROWS || bytes >= LARGE_BYTES) {
      return 1;
    }
    // A table that was never analyzed may be anything; its bytes are known all the same.
    return rows < SMALL_ROWS && bytes < SMALL_BYTES ? -1 : 0;
  }

  private static int traffic(Table table) {
    Optional<Traffic> traffic = table.load().traffic();
    if (traffic.isEmpty()) {
      return 0;
    }
    long events = Math.max(traffic.get().rowsWrittenPerHour(), traffic.get().scansPerHour());
    if (events >= BUSY_PER_HOUR) {
      return 1;
    }
    return events < IDLE_PER_HOUR ? -1 : 0;
  }

  /** One step up for what is heavy, one step down for what is light. */
  Severity severity(Severity usual, By by) {
    int shift =
        switch (by) {
          case NOTHING -> 0;
          case SIZE -> size;
          case TRAFFIC -> traffic;
        };
    Severity[] all = Severity.values();
    int place = Arrays.asList(all).indexOf(usual) + shift;
    return all[Math.max(0, Math.min(all.length - 1, place))];
  }
}
