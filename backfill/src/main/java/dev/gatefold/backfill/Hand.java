package dev.gatefold.backfill;

import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.backfill.throttle.Pressure;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A worker that helps for as long as there is something to do.
 *
 * @param rows hears of rows that are committed
 * @param waits hears why it waits
 * @param isNotNeeded whether it is not needed any more
 */
record Hand(Tally rows, Consumer<Waiting> waits, BooleanSupplier isNotNeeded) implements Role {

  /** Counts. */
  @FunctionalInterface
  interface Tally {
    void add(long passed, long written);
  }

  @Override
  public void found(long rowsDone) {}

  @Override
  public void passed(long passed, long written, Pressure pressure) {
    rows.add(passed, written);
  }

  @Override
  public void waiting(Waiting waiting) {
    waits.accept(waiting);
  }

  @Override
  public boolean leaves() {
    return isNotNeeded.getAsBoolean();
  }
}
