package dev.gatefold.backfill.pace;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many rows the next batch takes. A batch that {@link Breath breathes} is longer under way with
 * the same rows, so each way to go has a size of its own, which it finds again when it is taken up
 * again. Not thread-safe.
 */
public final class BatchSizes {

  private final Map<Breath, BatchSizer> sizers = new EnumMap<>(Breath.class);
  private Duration target;
  private Breath breath = Breath.HELD;

  /** {@code target} is how long a batch may take. */
  public BatchSizes(Duration target) {
    this.target = target;
  }

  /** What is true from the next batch on. */
  public void goOn(Breath with, Duration within) {
    if (!within.equals(target)) {
      target = within;
      sizers.replaceAll((any, sizer) -> sizer.aimedAt(within));
    }
    breath = with;
  }

  /** How the next batch is to go. */
  public Breath breath() {
    return breath;
  }

  /** Rows of the next batch, at least 1. */
  public int size() {
    return sizer().size();
  }

  /** After a batch, as {@link BatchSizer#measured}. */
  public void measured(long rows, Duration took) {
    sizers.put(breath, sizer().measured(rows, took));
  }

  /** After batches that others hindered: they would be hindered however they go. */
  public void shrinkTo(int rows) {
    sizers.put(breath, sizer());
    sizers.replaceAll((any, sizer) -> sizer.shrunkTo(rows));
  }

  private BatchSizer sizer() {
    return sizers.getOrDefault(breath, BatchSizer.start(target));
  }
}
