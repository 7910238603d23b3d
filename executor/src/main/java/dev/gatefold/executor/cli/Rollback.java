package dev.gatefold.executor.cli;

import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Undoes the latest stage, or more. */
@Command(name = "rollback", description = "Undoes the latest stage, or all stages back to a state.")
final class Rollback extends Verb {

  @Parameters(paramLabel = "CHANGE", description = "The change.")
  private ChangeName change;

  @Option(
      names = "--to",
      paramLabel = "STATE",
      description = "Back to planned (undoes all), expanded, backfilled or retired.")
  private @Nullable RolloutState to;

  Rollback(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    if (to != null && (to.underWay() || to == RolloutState.COMPLETED)) {
      throw CommandFailure.usage(
          "nothing can be rolled back to " + to.word(),
          "Use --to planned, expanded, backfilled or retired.");
    }
    return call.finish(
        change,
        call.work(
            (rollouts, listener) -> rollouts.rollback(change, Optional.ofNullable(to), listener)));
  }
}
