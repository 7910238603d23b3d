package dev.gatefold.executor.cli;

import dev.gatefold.executor.ApprovalOrder;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One person's approval. */
@Command(
    name = "approve",
    description = "Approves the next stage, as whoever is connected, on evidence looked at before.")
final class Approve extends Verb {

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
      required = true,
      description = "What \"gatefold evidence\" showed; it holds for 15 minutes.")
  private String evidence;

  @Option(
      names = "--override",
      description = {
        "Lets the stage run although policy keeps its gate closed; needs --reason, and another",
        "person who promotes. What guards data cannot be overridden."
      })
  private boolean override;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; goes into the record. An override needs one.")
  private @Nullable String reason;

  Approve(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    ApprovalOrder order = new ApprovalOrder(stage, evidence, override, Optional.ofNullable(reason));
    return call.finish(change, call.work((rollouts, listener) -> rollouts.approve(change, order)));
  }
}
