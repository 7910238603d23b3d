package dev.gatefold.executor.gate;

import dev.gatefold.executor.database.ServerFacts;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.FeedLook;
import dev.gatefold.executor.store.FeedStore;
import dev.gatefold.executor.store.SyncStore;
import dev.gatefold.executor.store.SyncStore.Made;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sync must be there, enabled, as it was made, and the last to see a row. */
final class SyncCheck implements GateCheck {

  private final SyncStore syncs;
  private final FeedStore feeds;
  private final InstantSource clock;

  SyncCheck(SyncStore syncs, FeedStore feeds, InstantSource clock) {
    this.syncs = syncs;
    this.feeds = feeds;
    this.clock = clock;
  }

  @Override
  public List<Finding> look(Connection connection, Rollout rollout, StageName stage)
      throws SQLException {
    List<Finding> findings = new ArrayList<>();
    for (Made made : syncs.list(connection, rollout.id())) {
      findings.add(look(connection, rollout.id(), stage, made));
    }
    return findings;
  }

  private Finding look(Connection connection, long rollout, StageName stage, Made made)
      throws SQLException {
    String now = syncs.fingerprint(connection, made.table(), made.triggers());
    if (feeds.find(connection, rollout, made.table()).isPresent()) {
      return fed(connection, made, broken(connection, rollout, stage, made, now));
    }
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

  /** What is wrong with the change feed; empty for nothing. */
  private static Optional<String> broken(
      Connection connection, long rollout, StageName stage, Made made, String now)
      throws SQLException {
    if (!now.equals(made.fingerprint())) {
      return Optional.of(
          "its publication was dropped or changed since it was made: writes may have been missed");
    }
    // Expand makes the slot, and may have stopped before that.
    return stage != StageName.EXPAND
            && FeedLook.broken(connection, rollout, made.table()).isPresent()
        ? Optional.of("its replication slot is gone, or the server has given up its log")
        : Optional.empty();
  }

  private Finding fed(Connection connection, Made made, Optional<String> broken)
      throws SQLException {
    return broken.isEmpty()
        ? finding(connection, made, Verdict.CLEAR, "published as it was made", "")
        : finding(
            connection,
            made,
            Verdict.BLOCKED,
            broken.get(),
            "Roll back: it is made anew, and the rows compared, before anything is undone.");
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
