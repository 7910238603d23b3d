package dev.gatefold.backfill.lease;

import java.util.function.Function;

/** What came of asking for rows to fill. */
public sealed interface Claim {

  <R> R match(Function<Granted, R> granted, Waiter<R> othersWork, Function<AllDone, R> allDone)
      throws InterruptedException;

  /** What is done when others work: maybe to wait for them. */
  @FunctionalInterface
  interface Waiter<R> {
    R apply(OthersWork claim) throws InterruptedException;
  }

  /**
   * The rows are the worker's.
   *
   * @param rowsDone of the whole backfill so far, by all workers
   * @param workers how many have rows now, this one included
   */
  record Granted(LeasedRange range, long rowsDone, int workers) implements Claim {
    @Override
    public <R> R match(
        Function<Granted, R> granted, Waiter<R> othersWork, Function<AllDone, R> allDone)
        throws InterruptedException {
      return granted.apply(this);
    }
  }

  /** Nothing is free: what is left is on lease, or there are as many workers as there may be. */
  record OthersWork(long rowsDone) implements Claim {
    @Override
    public <R> R match(
        Function<Granted, R> granted, Waiter<R> othersWork, Function<AllDone, R> allDone)
        throws InterruptedException {
      return othersWork.apply(this);
    }
  }

  /** Every row was passed. */
  record AllDone(long rowsDone) implements Claim {
    @Override
    public <R> R match(
        Function<Granted, R> granted, Waiter<R> othersWork, Function<AllDone, R> allDone)
        throws InterruptedException {
      return allDone.apply(this);
    }
  }
}
