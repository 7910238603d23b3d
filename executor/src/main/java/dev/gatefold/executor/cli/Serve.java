package dev.gatefold.executor.cli;

import io.quarkus.runtime.Quarkus;
import picocli.CommandLine.Command;

/** Runs the server until it is told to stop. */
@Command(
    name = "serve",
    description = "Runs the server: API, console and health, on 127.0.0.1:8080.",
    mixinStandardHelpOptions = true)
final class Serve implements Runnable {
  @Override
  public void run() {
    Quarkus.run();
  }
}
