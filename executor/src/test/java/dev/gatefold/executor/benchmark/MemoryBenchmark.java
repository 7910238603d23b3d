package dev.gatefold.executor.benchmark;

import dev.gatefold.planner.plan.StageName;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The memory of the process that runs the stage {@code backfill}, small table and large, and how
 * fast it fills each from its start on.
 */
class MemoryBenchmark {

  private static final List<Long> ROWS = List.of(100_000L, 10_000_000L);

  @Test
  void ofTheExecutor() throws Exception {
    Figures figures =
        new Figures(
            "Memory of the executor during backfill and verification, MiB",
            "rows",
            "heap in use after a collection",
            "resident at most",
            "rows filled a second");
    for (long rows : ROWS) {
      try (Bench bench = Bench.open()) {
        bench.table("items", rows, "");
        bench.submit();
        bench.promote(StageName.EXPAND);
        try (SeparateExecutor executor = SeparateExecutor.start(bench.url())) {
          Iterator<String> measured = executor.finished().lines().iterator();
          figures.row(
              Figures.number((double) rows),
              measured.next(),
              measured.next(),
              Figures.number(rows * 1000.0 / Long.parseLong(measured.next())));
        }
      }
    }
    figures.write("memory");
  }
}
