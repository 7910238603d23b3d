package dev.gatefold.executor;

import dev.gatefold.planner.plan.Phase;
import dev.gatefold.planner.plan.StageName;
import java.util.Optional;

/**
 * What whoever lets a stage run has to say.
 *
 * @param evidence the hash of what was looked at before; empty to decide on what is measured now
 * @param reason why, where the gate needs a reason
 */
public record PromotionOrder(StageName stage, Optional<String> evidence, Optional<String> reason) {

  /** A stage whose gate is to be clear. */
  public static PromotionOrder of(StageName stage) {
    return new PromotionOrder(stage, Optional.empty(), Optional.empty());
  }

  /** A stage with a reason for what cannot be seen. */
  public static PromotionOrder because(StageName stage, String reason) {
    return new PromotionOrder(stage, Optional.empty(), Optional.of(reason));
  }

  /** One with a reason where it is asked who still uses the old shape, and none before. */
  public static PromotionOrder answering(StageName stage, String reason) {
    return stage.phase() == Phase.CONTRACT ? because(stage, reason) : of(stage);
  }
}
