package dev.gatefold.planner.change;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * What the gate of one stage asks for beyond what keeps data safe.
 *
 * @param soak how long the stage before must have been over
 * @param approvals how many people must approve
 * @param approvers groups of database roles, by their names in the catalog: who approves must be in
 *     one role of each group
 * @param freeze when the stage does not run
 * @param checks questions of the team's own
 * @param maxReplicaLag how far standbys may be behind; empty for as far as they like
 */
public record GateSettings(
    Duration soak,
    int approvals,
    List<List<String>> approvers,
    List<FreezeWindow> freeze,
    List<SqlCheck> checks,
    Optional<Duration> maxReplicaLag) {

  /** Asks for nothing. */
  public static final GateSettings NONE =
      new GateSettings(Duration.ZERO, 0, List.of(), List.of(), List.of(), Optional.empty());

  public GateSettings {
    approvers = approvers.stream().map(List::copyOf).toList();
    freeze = List.copyOf(freeze);
    checks = List.copyOf(checks);
  }

  /** Asks for whatever either asks for: key by key the stricter of both. */
  public GateSettings stricter(GateSettings other) {
    return new GateSettings(
        BinaryOperator.<Duration>maxBy(Duration::compareTo).apply(soak, other.soak),
        Math.max(approvals, other.approvals),
        union(approvers, other.approvers),
        union(freeze, other.freeze),
        union(checks, other.checks),
        Stream.of(maxReplicaLag, other.maxReplicaLag)
            .flatMap(Optional::stream)
            .min(Duration::compareTo));
  }

  private static <T> List<T> union(List<T> one, List<T> other) {
    return Stream.concat(one.stream(), other.stream()).distinct().toList();
  }
}
