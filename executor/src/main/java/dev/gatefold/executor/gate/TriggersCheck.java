package dev.gatefold.executor.gate;

import dev.gatefold.executor.database.ServerFacts;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.BackfillStore;
import dev.gatefold.planner.catalog.TableTriggers;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.operation.TriggerChoice;
import dev.gatefold.planner.operation.TriggerChoice.Writes;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Step.BackfillRows;
import dev.gatefold.planner.plan.Step.VerifyRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A trigger may have come, or a right gone, after the plan was made: its author is asked again. */
final class TriggersCheck implements GateCheck {

  private final BackfillStore backfills;
  private final InstantSource clock;

  TriggersCheck(BackfillStore backfills, InstantSource clock) {
    this.backfills = backfills;
    this.clock = clock;
  }

  @Override
  public List<Finding> look(Connection connection, Rollout rollout, StageName stage)
      throws SQLException {
    List<Finding> findings = new ArrayList<>();
    if (stage == StageName.BACKFILL) {
      for (RowMapping rows : tables(rollout.plan())) {
        // Once rows are written it is too late to ask: they have fired it, or they have not.
        if (!backfills.isBegun(connection, rollout.id(), rows.oid())) {
          choice(connection, rollout.plan(), rows)
              .objection(rollout.plan().backfill(), ServerFacts.maySkipTriggers(connection))
              .map(reason -> finding(rollout, reason))
              .ifPresent(findings::add);
        }
      }
    }
    return findings;
  }

  /** Each table that the backfill writes to, by itself or by a sync, which is verified, too. */
  private static List<RowMapping> tables(Plan plan) {
    return List.copyOf(
        Stream.concat(filled(plan), steps(plan, VerifyRows.class).map(VerifyRows::rows))
            .collect(
                Collectors.toMap(
                    RowMapping::oid,
                    Function.identity(),
                    (first, again) -> first,
                    LinkedHashMap::new))
            .values());
  }

  private static Stream<RowMapping> filled(Plan plan) {
    return steps(plan, BackfillRows.class).map(BackfillRows::rows);
  }

  private static <S extends Step> Stream<S> steps(Plan plan, Class<S> kind) {
    return plan.stage(StageName.BACKFILL).stream()
        .flatMap(stage -> stage.steps().stream())
        .filter(kind::isInstance)
        .map(kind::cast);
  }

  private static TriggerChoice choice(Connection connection, Plan plan, RowMapping rows)
      throws SQLException {
    Set<Identifier> columns =
        rows.groups().stream()
            .flatMap(group -> group.news().stream())
            .map(RowMapping.Filled::column)
            .collect(Collectors.toSet());
    boolean bySync = filled(plan).noneMatch(filled -> filled.oid() == rows.oid());
    return new TriggerChoice(
        rows.table(), TableTriggers.read(connection, rows.oid()), new Writes(columns, bySync));
  }

  private Finding finding(Rollout rollout, Reason reason) {
    return new Finding(
        "triggers " + reason.object(),
        Verdict.BLOCKED,
        reason.message(),
        "%s For that, roll the change back (gatefold rollback %s --to planned) and submit it again; or drop or disable the triggers."
            .formatted(reason.cure(), rollout.change()),
        clock.instant());
  }
}
