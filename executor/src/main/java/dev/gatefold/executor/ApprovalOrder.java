package dev.gatefold.executor;

import dev.gatefold.planner.plan.StageName;
import java.util.Optional;

/**
 * What whoever approves a stage has to say.
 *
 * @param evidence the hash of what the person looked at
 * @param override whether the stage may run although policy keeps its gate closed
 * @param reason why; an override needs one
 */
public record ApprovalOrder(
    StageName stage, String evidence, boolean override, Optional<String> reason) {

  /** An approval of a gate as it stands. */
  public static ApprovalOrder of(StageName stage, String evidence) {
    return new ApprovalOrder(stage, evidence, false, Optional.empty());
  }

  /** One that overrides what keeps the gate closed. */
  public static ApprovalOrder override(StageName stage, String evidence, String reason) {
    return new ApprovalOrder(stage, evidence, true, Optional.of(reason));
  }
}
