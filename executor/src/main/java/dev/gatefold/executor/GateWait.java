package dev.gatefold.executor;

import dev.gatefold.executor.database.Transaction;
import dev.gatefold.executor.engine.LockPolicy;
import dev.gatefold.executor.engine.Shift;
import dev.gatefold.executor.gate.Evidence;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.gate.Gate;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * Measures a gate, again and again while queries on standbys are all that it waits for: they end by
 * themselves, as whoever holds a lock on the primary does, for whom a step waits just as long. Here
 * nothing is begun yet.
 */
final class GateWait {

  private final Gate gate;
  private final LockPolicy policy;

  GateWait(Gate gate, LockPolicy policy) {
    this.gate = gate;
    this.policy = policy;
  }

  Evidence measure(Shift shift, StageName stage) throws SQLException, InterruptedException {
    long began = shift.timing().ticker().nanos();
    while (true) {
      Evidence evidence = gate.measure(shift.connection(), shift.rollout(), stage);
      Duration waited = Duration.ofNanos(shift.timing().ticker().nanos() - began);
      if (!evidence.waitsForStandbys() || waited.compareTo(policy.patience()) > 0) {
        return evidence;
      }
      say(shift, stage, evidence);
      shift.timing().sleeper().sleep(policy.pause(shift.timing().random().nextDouble()));
      if (Transaction.in(shift.connection(), shift::hindrance).isPresent()) {
        return evidence;
      }
    }
  }

  private static void say(Shift shift, StageName stage, Evidence evidence) {
    String words =
        evidence.findings().stream()
            .filter(finding -> finding.verdict() == Verdict.WAITING)
            .map(GateWait::words)
            .collect(Collectors.joining("; "));
    shift.rollout().plan().stage(stage).orElseThrow().steps().stream()
        .filter(step -> step.lock() == LockMode.ACCESS_EXCLUSIVE)
        .findFirst()
        .ifPresent((Step step) -> shift.listener().waiting(step, words));
  }

  private static String words(Finding finding) {
    return finding.check() + ", " + finding.detail();
  }
}
