package dev.gatefold.backfill.pace;

import java.time.Duration;

/** Blocks the calling thread. Thread-safe. */
public final class ThreadSleeper implements Sleeper {
  @Override
  public void sleep(Duration pause) throws InterruptedException {
    Thread.sleep(pause.toMillis());
  }
}
