package dev.gatefold.executor.faults.server;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for things that other processes do, by looking again and again. */
public final class Patience {

  /** Far longer than anything here takes on a busy machine: whoever waits so long hangs. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final Duration LOOK = Duration.ofMillis(20);

  private Patience() {}

  public static void until(String what, Callable<Boolean> done) {
    result(what, () -> done.call() ? Optional.of(Boolean.TRUE) : Optional.empty());
  }

  /** The first answer there is. An exception means not yet. */
  public static <T> T result(String what, Callable<Optional<T>> look) {
    long end = System.nanoTime() + LIMIT.toNanos();
    Optional<Exception> last = Optional.empty();
    while (System.nanoTime() < end) {
      try {
        Optional<T> answer = look.call();
        if (answer.isPresent()) {
          return answer.get();
        }
      } catch (Exception e) {
        last = Optional.of(e);
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    throw new AssertionError("waited in vain until " + what, last.orElse(null));
  }
}
