package dev.gatefold.executor.gate;

import dev.gatefold.executor.gate.Evidence.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One person's word for a stage.
 *
 * @param actor the database's session user
 * @param overrides whether the stage may run although policy keeps its gate closed
 * @param reason why
 * @param hash of the evidence that the person looked at
 * @param fingerprint of the plan that the evidence was for
 * @param seen what the evidence said
 */
public record Approval(
    String actor,
    Instant at,
    boolean overrides,
    Optional<String> reason,
    String hash,
    String fingerprint,
    List<Finding> seen) {

  public Approval {
    seen = List.copyOf(seen);
  }

  /** What has become worse since the person looked; whether others approve is not the question. */
  public List<Difference> worseIn(List<Finding> now) {
    return Difference.between(seen, now).stream()
        .filter(difference -> !difference.now().check().equals(ApprovalsCheck.CHECK))
        .toList();
  }
}
