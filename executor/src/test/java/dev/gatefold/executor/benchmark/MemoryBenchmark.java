package dev.gatefold.executor.benchmark;

import dev.gatefold.planner.plan.StageName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The memory of the process that runs the stage {@code backfill}, small table and large. */
class MemoryBenchmark {

  private static final List<Long> ROWS = List.of(100_000L, 5_000_000L);

  @Test
  void ofTheExecutor() throws Exception {
    Figures figures =
        new Figures(
            "Memory of the executor during backfill and verification, MiB",
            "rows",
            "heap in use after a collection",
            "resident at most");
    for (long rows : ROWS) {
      try (Bench bench = Bench.open()) {
        bench.table("items", rows, "");
        bench.submit();
        bench.promote(StageName.EXPAND);
        Iterator<String> measured = promoteInAProcess(bench.url()).lines().iterator();
        figures.row(Figures.number((double) rows), measured.next(), measured.next());
      }
    }
    figures.write("memory");
  }

  private static String promoteInAProcess(String url) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                MeasuredExecutor.class.getName(),
                url)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the measured executor failed: " + output);
    }
    return output;
  }
}
