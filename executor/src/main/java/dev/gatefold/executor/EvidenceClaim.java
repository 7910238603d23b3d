package dev.gatefold.executor;

import dev.gatefold.executor.gate.Difference;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.EvidenceStore;
import dev.gatefold.executor.gate.SeenEvidence;
import dev.gatefold.executor.outcome.Outcome.Denied;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** That somebody decides on evidence which was seen before, named by its hash. */
final class EvidenceClaim {

  private final Optional<SeenEvidence> seen;
  private final String hash;
  private final Rollout rollout;
  private final StageName stage;

  private EvidenceClaim(
      Optional<SeenEvidence> seen, String hash, Rollout rollout, StageName stage) {
    this.seen = seen;
    this.hash = hash;
    this.rollout = rollout;
    this.stage = stage;
  }

  static EvidenceClaim of(Connection connection, String hash, Rollout rollout, StageName stage)
      throws SQLException {
    return new EvidenceClaim(new EvidenceStore().find(connection, hash), hash, rollout, stage);
  }

  /** What was seen; only where nothing was objected to. */
  SeenEvidence seen() {
    return seen.orElseThrow();
  }

  /** Why nobody may decide on it, whatever the gate says now. */
  Optional<Denied> objection() {
    return objection(List.of());
  }

  /** The same, and whatever has become worse since. */
  Optional<Denied> objection(List<Finding> now) {
    if (seen.isEmpty()) {
      return denied("there is no evidence " + hash + " in this database", List.of());
    }
    SeenEvidence evidence = seen.get();
    if (evidence.rollout() != rollout.id() || evidence.evidence().stage() != stage) {
      return denied(
          "evidence %s is for stage %s of %s, not for %s of %s"
              .formatted(
                  hash,
                  evidence.evidence().stage().word(),
                  evidence.evidence().change(),
                  stage.word(),
                  rollout.change()),
          List.of());
    }
    List<Difference> worse = Difference.between(evidence.evidence().findings(), now);
    if (!evidence.fingerprint().equals(rollout.plan().fingerprint())) {
      return denied(
          "evidence %s is for another plan of %s; it was submitted again since"
              .formatted(hash, rollout.change()),
          worse);
    }
    if (evidence.expired()) {
      return denied(
          "evidence %s expired at %s"
              .formatted(hash, evidence.expiresAt().truncatedTo(ChronoUnit.SECONDS)),
          worse);
    }
    return worse.isEmpty()
        ? Optional.empty()
        : denied("the gate is worse than evidence %s showed".formatted(hash), worse);
  }

  private Optional<Denied> denied(String message, List<Difference> worse) {
    return Optional.of(
        new Denied(message, worse, "Look again: gatefold evidence " + rollout.change()));
  }
}
