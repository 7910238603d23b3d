package dev.gatefold.executor.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * On SIGTERM or Ctrl-C, interrupts a thread and gives it time to put its work down. Killed after
 * that it loses nothing either: another worker then has to wait until the server notices.
 */
final class Retreat {

  /** Kubernetes kills after 30 s. */
  private static final int SECONDS = 25;

  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook;

  private Retreat(Thread worker) {
    this.hook =
        new Thread(
            () -> {
              worker.interrupt();
              try {
                if (!over.await(SECONDS, TimeUnit.SECONDS)) {
                  System.getLogger(Retreat.class.getName())
                      .log(System.Logger.Level.WARNING, "ended in the middle of a step");
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "retreat");
  }

  static Retreat of(Thread worker) {
    Retreat retreat = new Retreat(worker);
    Runtime.getRuntime().addShutdownHook(retreat.hook);
    return retreat;
  }

  /** The work is put down: the process may end. */
  void over() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already.
      System.getLogger(Retreat.class.getName()).log(System.Logger.Level.DEBUG, "too late", e);
    }
  }
}
