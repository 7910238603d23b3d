package dev.gatefold.backfill.fence;

import java.util.function.Function;
import java.util.function.Supplier;

/** What the owner's record said. Immutable and thread-safe. */
public sealed interface FenceAnswer {

  <R> R match(Supplier<R> holding, Function<Paused, R> paused, Function<Lost, R> lost);

  /** The worker owns the rows until its transaction ends. */
  record Holding() implements FenceAnswer {
    @Override
    public <R> R match(Supplier<R> holding, Function<Paused, R> paused, Function<Lost, R> lost) {
      return holding.get();
    }
  }

  /** Somebody asked for a pause; the worker is still the owner. */
  record Paused(String reason) implements FenceAnswer {
    @Override
    public <R> R match(Supplier<R> holding, Function<Paused, R> paused, Function<Lost, R> lost) {
      return paused.apply(this);
    }
  }

  /** The token or the mode is no longer the worker's. */
  record Lost(String reason) implements FenceAnswer {
    @Override
    public <R> R match(Supplier<R> holding, Function<Paused, R> paused, Function<Lost, R> lost) {
      return lost.apply(this);
    }
  }
}
