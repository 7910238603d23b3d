package dev.gatefold.executor.cli;

import io.quarkus.runtime.annotations.QuarkusMain;

/** The entry point. Verbs run as plain Java; only {@link Serve} starts Quarkus. */
@QuarkusMain
public final class GatefoldMain {
  private GatefoldMain() {}

  public static void main(String[] args) {
    ConsoleLog.useQuarkusLogManager();
    System.exit(new Program(RealSurroundings.here()).run(args));
  }
}
