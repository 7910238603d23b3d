package dev.gatefold.executor.gate;

import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.FeedLook;
import dev.gatefold.planner.plan.Phase;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A change feed must have its slot, and before the swap little left to apply. */
final class FeedCheck implements GateCheck {

  /** What is left is applied under the swap's lock: it should not be much. */
  private static final Duration LITTLE = Duration.ofSeconds(10);

  private final InstantSource clock;

  FeedCheck(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public List<Finding> look(Connection connection, Rollout rollout, StageName stage)
      throws SQLException {
    List<Finding> findings = new ArrayList<>();
    if (stage == StageName.EXPAND) {
      // Which makes the slot, and may have stopped before that.
      return findings;
    }
    for (FeedLook look : FeedLook.at(connection, rollout.id())) {
      findings.add(finding(look.name(), look, stage));
    }
    return findings;
  }

  private Finding finding(String table, FeedLook look, StageName stage) {
    if (!look.there()) {
      return finding(
          table,
          Verdict.BLOCKED,
          look.words() + ": writes were missed",
          stage == StageName.BACKFILL
              ? "Roll back to planned, and submit the change again."
              : "Roll back: slot and publication are made anew, and the rows compared, before anything is undone.");
    }
    if (stage.phase() != Phase.CONTRACT) {
      return finding(table, Verdict.CLEAR, look.words(), "");
    }
    if (look.behind().filter(it -> it.compareTo(LITTLE) < 0).isEmpty()) {
      return finding(
          table,
          Verdict.WAITING,
          look.words(),
          look.lanes().filter(it -> it.unattended() > 0).isPresent()
              ? "Let gatefold work --feed kafka run, on as many machines as you like."
              : look.read()
                  ? "Wait until it has caught up."
                  : "Let gatefold work run, which reads it; promote does, too, while it waits.");
    }
    return stage == StageName.RETIRE && look.hopeless() > 0
        ? finding(
            table,
            Verdict.BLOCKED,
            look.words(),
            "Mend those rows with plain UPDATEs; they are in gatefold.feed_pending.")
        : finding(table, Verdict.CLEAR, look.words(), "");
  }

  private Finding finding(String table, Verdict verdict, String detail, String cure) {
    return new Finding("feed " + table, verdict, detail, cure, clock.instant());
  }
}
