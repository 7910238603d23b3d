package dev.gatefold.executor.benchmark;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs the stage {@code backfill} and says how much memory it took, and how many milliseconds the
 * rows. Linux only.
 */
final class MeasuredExecutor {

  private static final String PEAK = "VmHWM:";
  private static final long MEBIBYTE = 1024 * 1024;

  private MeasuredExecutor() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    try (LiveRollouts rollouts = LiveRollouts.open(DatabaseUrl.parse(arguments[0]))) {
      StepTimes times = new StepTimes();
      Outcome outcome =
          rollouts.promote(
              new ChangeName(Bench.CHANGE), PromotionOrder.of(StageName.BACKFILL), times);
      if (!(outcome instanceof Outcome.Done)) {
        throw new IllegalStateException(outcome.toString());
      }
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      long heap = runtime.totalMemory() - runtime.freeMemory();
      out.println(heap / MEBIBYTE);
      out.println(peak() / MEBIBYTE);
      out.println(times.of("backfill rows").toMillis());
    }
  }

  /** The kernel's high-water mark of this process, in bytes. */
  private static long peak() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(PEAK))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
        .findFirst()
        .orElseThrow();
  }
}
