package dev.gatefold.executor.cli;

import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.Rollouts;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a stage run, and runs it. */
@Command(
    name = "promote",
    description = "Lets a stage run, and runs it; the same command goes on where it stopped.")
final class Promote extends Verb {

  @Parameters(index = "0", paramLabel = "CHANGE", description = "The change.")
  private ChangeName change;

  @Parameters(
      index = "1",
      paramLabel = "STAGE",
      description = "The stage: expand, backfill, retire or drop.")
  private StageName stage;

  @Option(
      names = "--evidence",
      paramLabel = "HASH",
      description = {
        "What \"gatefold evidence\" showed; without it, what is seen now decides. Refused where the",
        "gate has become worse since."
      })
  private @Nullable String evidence;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; goes into the history. An inconclusive gate needs one.")
  private @Nullable String reason;

  @Option(names = "--yes", description = "Does not ask before what cannot be undone.")
  private boolean yes;

  @Option(
      names = "--detach",
      description = "Returns at once and leaves the stage to a worker (gatefold work).")
  private boolean detach;

  Promote(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    Outcome outcome =
        call.work(
            (rollouts, listener) -> {
              if (!yes && isFinal(rollouts)) {
                confirm(call);
              }
              return detach
                  ? rollouts.detach(change, order())
                  : rollouts.promote(change, order(), listener);
            });
    return call.finish(change, outcome);
  }

  private PromotionOrder order() {
    return new PromotionOrder(stage, Optional.ofNullable(evidence), Optional.ofNullable(reason));
  }

  /** Whether the stage comes next and has a step that cannot be taken back. */
  private boolean isFinal(Rollouts rollouts) throws SQLException {
    Optional<Rollout> rollout = rollouts.find(change);
    return rollout.isPresent()
        && rollout.get().next().equals(Optional.of(stage))
        && !rollout.get().plan().stage(stage).map(Stage::reversible).orElse(true);
  }

  private void confirm(Call call) throws IOException {
    String what = "%s of %s cannot be undone".formatted(stage.word(), change);
    if (call.json() || !call.console().terminal()) {
      throw CommandFailure.usage(
          what + "; nothing was changed", "If that is what you want, add --yes.");
    }
    call.console().question(what + ". Type the name of the change to go on:");
    String answer = call.surroundings().streams().in().readLine();
    if (answer == null || !answer.strip().equals(change.value())) {
      throw CommandFailure.usage("not confirmed; nothing was changed", "");
    }
  }
}
