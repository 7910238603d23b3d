package dev.gatefold.executor.architecture.violations;

import io.quarkus.runtime.Quarkus;
import org.flywaydb.core.Flyway;
import picocli.CommandLine;

/** Breaks the rules about who may use which library. */
public record UsesEveryLibrary(Flyway flyway, CommandLine commandLine) {
  static void start() {
    Quarkus.run();
  }
}
