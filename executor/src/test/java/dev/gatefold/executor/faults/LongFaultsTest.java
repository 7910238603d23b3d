package dev.gatefold.executor.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.faults.server.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * As many runs as wanted: {@code -Dgatefold.faults.runs=300 -Dgatefold.faults.seed=1}. Each writes
 * a line into {@code target/faults.log} (or {@code -Dgatefold.faults.log}), a failed one its whole
 * story.
 */
@Tag("long")
class LongFaultsTest {

  @Test
  void nothingIsLostResurrectedOrTorn() throws Exception {
    long first = Long.getLong("gatefold.faults.seed", 1);
    long runs = Long.getLong("gatefold.faults.runs", 300);
    Path log = Path.of(System.getProperty("gatefold.faults.log", "target/faults.log"));
    List<String> failed = new ArrayList<>();
    try (Server server = Server.start();
        Executors executors = new Executors()) {
      for (long seed = first; seed < first + runs; seed++) {
        long began = System.nanoTime();
        Report report;
        try {
          report = FaultRun.of(seed, server, executors);
        } catch (Exception | AssertionError e) {
          append(log, seed + " FAILED " + e.getMessage());
          failed.add(String.valueOf(e.getMessage()));
          continue;
        }
        long millis = (System.nanoTime() - began) / 1_000_000;
        append(
            log,
            "%d %s %s, %d transactions, %d ms %s"
                .formatted(
                    seed,
                    report.clean() ? "clean" : "FAILED",
                    report.scenario(),
                    report.transactions(),
                    millis,
                    report.struck()));
        if (!report.clean()) {
          append(log, report.text());
          failed.add(report.text());
        }
      }
    }
    assertThat(failed).isEmpty();
  }

  private static void append(Path log, String line) throws Exception {
    Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
