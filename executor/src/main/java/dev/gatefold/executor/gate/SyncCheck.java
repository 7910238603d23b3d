package dev.gatefold.executor.gate;

import dev.gatefold.executor.database.ServerFacts;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.SyncStore;
import dev.gatefold.executor.store.SyncStore.Made;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The sync must be there, enabled, as it was made, and the last to see a row. */
final class SyncCheck implements GateCheck {

  private final SyncStore syncs;
  private final InstantSource clock;

  SyncCheck(SyncStore syncs, InstantSource clock) {
    this.syncs = syncs;
    this.clock = clock;
  }

  @Override
  public List<Finding> look(Connection connection, Rollout rollout, StageName stage)
      throws SQLException {
    List<Finding> findings = new ArrayList<>();
    for (Made made : syncs.list(connection, rollout.id())) {
      findings.add(look(connection, made));
    }
    return findings;
  }

  private Finding look(Connection connection, Made made) throws SQLException {
    String now = syncs.fingerprint(connection, made.table(), made.triggers());
    if (!now.equals(made.fingerprint())) {
      return finding(
          connection,
          made,
          Verdict.BLOCKED,
          "its triggers were dropped, disabled or changed since they were made",
          "Enable them as they were (ALTER TABLE ... ENABLE ALWAYS TRIGGER) and run verify: writes"
              + " may have been missed. If they are gone, roll back: they are made anew, and the"
              + " rows compared, before anything is undone.");
    }
    List<String> after = syncs.after(connection, made.table(), made.triggers());
    return after.isEmpty()
        ? finding(connection, made, Verdict.CLEAR, "in place, unchanged, last", "")
        : finding(
            connection,
            made,
            Verdict.BLOCKED,
            "the triggers %s fire after it".formatted(String.join(", ", after)),
            "Rename them so that they sort before \"~gatefold_\".");
  }

  private Finding finding(
      Connection connection, Made made, Verdict verdict, String detail, String cure)
      throws SQLException {
    return new Finding(
        "sync " + ServerFacts.tableName(connection, made.table()),
        verdict,
        detail,
        cure,
        clock.instant());
  }
}
