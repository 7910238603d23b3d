package dev.gatefold.executor.architecture.violations;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.prometheus.metrics.model.snapshots.Labels;
import io.quarkus.runtime.Quarkus;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.extension.ExtensionContext;
import picocli.CommandLine;

/** Breaks the rules about who may use which library. */
public record UsesEveryLibrary(
    Flyway flyway,
    SchedulerClient scheduler,
    CommandLine commandLine,
    ExtensionContext junit,
    Labels metrics) {
  static void start() {
    Quarkus.run();
  }
}
