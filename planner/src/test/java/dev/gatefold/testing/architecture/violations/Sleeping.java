package dev.gatefold.testing.architecture.violations;

/** Breaks the rule about sleeping. */
public final class Sleeping {
  private Sleeping() {}

  static void sleep() throws InterruptedException {
    Thread.sleep(1);
  }
}
