package dev.gatefold.executor.cli;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.report.EvidenceShape;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the gate of the next stage. */
@Command(
    name = "evidence",
    description = "Measures the gate of the next stage: every check, its verdict, the hash.")
final class ShowEvidence extends Verb {

  @Parameters(index = "0", paramLabel = "CHANGE", description = "The change.")
  private ChangeName change;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "STAGE",
      description = "The stage, which must be the next one; without it, whichever is.")
  private @Nullable StageName stage;

  ShowEvidence(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    Outcome outcome =
        call.work((rollouts, listener) -> rollouts.evidence(change, Optional.ofNullable(stage)));
    if (call.json() && outcome instanceof Outcome.Measured measured) {
      call.print(EvidenceShape.of(measured));
      return ExitCode.of(outcome);
    }
    return call.finish(change, outcome);
  }
}
