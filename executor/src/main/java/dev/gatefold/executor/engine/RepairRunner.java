package dev.gatefold.executor.engine;

import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.verify.Repair;
import dev.gatefold.backfill.verify.Repair.Side;
import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.database.ServerFacts;
import dev.gatefold.executor.store.RepairTable;
import dev.gatefold.executor.store.Subject;
import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.BackfillSettings.UserTriggers;
import dev.gatefold.planner.plan.SessionSetting;
import dev.gatefold.planner.plan.Step.VerifyRows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Repairs the rows of a table that differ, and writes down who repaired which. */
public final class RepairRunner {

  private final Shift shift;
  private final Side from;

  public RepairRunner(Shift shift, Side from) {
    this.shift = shift;
    this.from = from;
  }

  /**
   * What came of it.
   *
   * @param rows how many were written
   */
  public record Repaired(StepResult result, long rows) {}

  /** Runs a whole pass, or goes on with the last one where rows differed. */
  public Repaired run(VerifyRows step, VerifyRunner runner)
      throws SQLException, InterruptedException {
    tell("repairs", "%s from the %s side".formatted(step.rows().table(), side()));
    RepairTable table = new RepairTable(shift.id(), step.rows().oid(), from);
    try {
      return new Repaired(runner.repair(step, repair(step, table)), table.rows());
    } finally {
      // However it ended, those rows are written.
      tell("repaired", words(step, table));
    }
  }

  private Repair repair(VerifyRows step, RepairTable table) throws SQLException {
    BackfillSettings settings =
        shift
            .stores()
            .paces()
            .over(
                shift.connection(), Subject.rollout(shift.id()), shift.rollout().plan().backfill());
    List<SessionSetting> all = new ArrayList<>();
    all.add(SessionSetting.parse(step.rows().skipSetting()));
    if (settings.userTriggers() == UserTriggers.SKIP
        && ServerFacts.maySkipTriggers(shift.connection())
        && !hasReferences(step)) {
      all.add(SessionSetting.AS_REPLICA);
    }
    return new Repair(from, all, settings.targetBatchTime(), table);
  }

  /**
   * Whether foreign keys lead from the table or to it: as replica the server would not ask them.
   * Those of a backfill's columns come after it, but those of a repair's are there.
   */
  private boolean hasReferences(VerifyRows step) throws SQLException {
    return Query.of(
            """
            SELECT EXISTS (
              SELECT FROM pg_constraint
              WHERE contype = 'f' AND (conrelid = ANY (r.all) OR confrelid = ANY (r.all)))
            FROM (SELECT array_agg(relid::oid) || ?::oid AS all
                  FROM pg_partition_tree(?::oid::regclass)) r""",
            step.rows().oid(),
            step.rows().oid())
        .isTrue(shift.connection());
  }

  private String words(VerifyRows step, RepairTable table) {
    String keys = table.first().stream().map(Key::toString).collect(Collectors.joining(", "));
    return "%d rows of %s from the %s side%s%s"
        .formatted(
            table.rows(),
            step.rows().table(),
            side(),
            keys.isEmpty() ? "" : ": " + keys,
            table.rows() > table.first().size() ? ", ... (all in gatefold.repair)" : "");
  }

  private String side() {
    return from.name().toLowerCase(Locale.ROOT);
  }

  private void tell(String kind, String text) throws SQLException {
    shift.stores().history().add(shift.connection(), shift.id(), kind, text);
  }
}
