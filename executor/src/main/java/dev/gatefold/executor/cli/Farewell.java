package dev.gatefold.executor.cli;

import dev.gatefold.executor.cli.text.Console;

/** Tells whoever presses Ctrl-C in the middle of a stage that nothing is lost. */
final class Farewell {

  private final Thread hook;

  private Farewell(Thread hook) {
    this.hook = hook;
  }

  /** Stands by until it is withdrawn. */
  static Farewell with(Console console, BegunListener listener) {
    Thread hook =
        new Thread(
            () -> {
              if (listener.begun()) {
                console.error(
                    "\ngatefold: stopped by a signal; what is done is kept\n"
                        + "  Run the same command again to go on.");
              }
            },
            "farewell");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Farewell(hook);
  }

  void withdraw() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook has its say.
      System.getLogger(Farewell.class.getName()).log(System.Logger.Level.DEBUG, "too late", e);
    }
  }
}
