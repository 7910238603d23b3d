package dev.gatefold.executor.cli;

import dev.gatefold.executor.PaceOrder;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.PaceSetting;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Steers a backfill. */
@Command(
    name = "pace",
    description = "Gives a backfill new values, at once also where it runs; status shows them.")
final class Pace extends Verb {

  @Parameters(paramLabel = "NAME", description = "The change.")
  private ChangeName name;

  @Option(
      names = "--target-batch-time",
      paramLabel = "TIME",
      description = "How long one batch may hold its row locks, such as 50ms.")
  private @Nullable String targetBatchTime;

  @Option(
      names = "--max-rows-per-second",
      paramLabel = "ROWS",
      description = "An upper bound of the speed; none lifts it.")
  private @Nullable String maxRowsPerSecond;

  @Option(
      names = "--workers",
      paramLabel = "NUMBER",
      description = "How many work at a time at most, in all processes together.")
  private @Nullable String workers;

  @Option(
      names = "--window",
      paramLabel = "WINDOW",
      description = "When batches may begin, such as \"01:00-05:00 UTC\"; none for at any time.")
  private @Nullable String window;

  @Option(
      names = "--default",
      description = "Takes back what was given before: the file counts, but for values given here.")
  private boolean likeFile;

  Pace(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    PaceOrder order = order();
    return call.finish(name, call.work((rollouts, listener) -> rollouts.pace(name, order)));
  }

  private PaceOrder order() {
    Map<PaceSetting, String> values = new EnumMap<>(PaceSetting.class);
    put(values, PaceSetting.TARGET_BATCH_TIME, targetBatchTime);
    put(values, PaceSetting.MAX_ROWS_PER_SECOND, maxRowsPerSecond);
    put(values, PaceSetting.WORKERS, workers);
    put(values, PaceSetting.WINDOW, window);
    try {
      PaceOrder order = new PaceOrder(values, likeFile);
      if (order.isEmpty()) {
        throw CommandFailure.usage(
            "nothing is said about the pace of " + name,
            "Give a value, or --default for what the file says; gatefold backfill pace --help.");
      }
      return order;
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(
          String.valueOf(e.getMessage()), "Write it as in the section backfill of the file.");
    }
  }

  private static void put(
      Map<PaceSetting, String> values, PaceSetting setting, @Nullable String value) {
    if (value != null) {
      values.put(setting, value);
    }
  }
}
