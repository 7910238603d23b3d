package dev.gatefold.executor;

import dev.gatefold.executor.database.ServerFacts;
import dev.gatefold.executor.database.Transaction;
import dev.gatefold.executor.engine.Shift;
import dev.gatefold.executor.engine.StageEngine;
import dev.gatefold.executor.engine.StageEngine.Walk;
import dev.gatefold.executor.gate.Evidence;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.migration.TeamHistory;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Move;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.rollout.Serving;
import dev.gatefold.executor.rollout.Transitions;
import dev.gatefold.executor.store.ClaimStore.Taken;
import dev.gatefold.executor.store.Notice;
import dev.gatefold.executor.usage.OldColumn;
import dev.gatefold.executor.usage.Reads;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Undoes stages, the latest first, until the state that was asked for. */
final class StageRollback {

  private final Site site;
  private final Optional<RolloutState> to;

  StageRollback(Site site, Optional<RolloutState> to) {
    this.site = site;
    this.to = to;
  }

  Outcome run(Shift shift, StageEngine engine) throws SQLException, InterruptedException {
    Rollout rollout = shift.rollout();
    if (rollout.state() == RolloutState.ROLLED_BACK) {
      return new Outcome.Done(rollout.change() + " was rolled back before", Answers.next(rollout));
    }
    if (rollout.state() == RolloutState.PLANNED) {
      return to.isEmpty() || to.get() == RolloutState.PLANNED
          ? withdraw(shift)
          : new Outcome.OutOfOrder(
              "%s is planned: %s is not before it".formatted(rollout.change(), to.get().word()),
              "Leave out --to to withdraw the change.");
    }
    if (noTableIsLeft(shift) && !droppedThem(shift)) {
      return abandon(shift);
    }
    if (rollout.paused()) {
      return Answers.paused(rollout.change());
    }
    if (to.equals(Optional.of(rollout.state()))) {
      // The reply to a rollback that was done may have been lost.
      return new Outcome.Done(
          "%s is %s".formatted(rollout.change(), rollout.state().word()), Answers.next(rollout));
    }
    StageName latest = rollout.stage().orElseThrow();
    RolloutState target = target(rollout, latest);
    if (to.isPresent() && !isBefore(rollout, target, latest)) {
      return new Outcome.OutOfOrder(
          "%s is %s: %s is not before it"
              .formatted(rollout.change(), rollout.state().word(), target.word()),
          "Name an earlier state after --to: planned, expanded, backfilled or retired.");
    }
    Optional<String> hindrance = pointOfNoReturn(shift, latest);
    return hindrance.isPresent()
        ? new Outcome.OutOfOrder(
            "%s cannot be rolled back: %s".formatted(rollout.change(), hindrance.get()),
            "Plan a change back instead.")
        : undo(shift, engine, latest, target);
  }

  /** Nothing has touched the tables: the change only gives its columns free. */
  private Outcome withdraw(Shift shift) throws SQLException {
    finish(
        shift,
        Transitions.after(RolloutState.PLANNED, Move.ROLL_BACK).orElseThrow(),
        Optional.empty());
    return new Outcome.Done(
        shift.rollout().change() + " is withdrawn; nothing had been changed",
        again(shift, RolloutState.ROLLED_BACK));
  }

  private static boolean noTableIsLeft(Shift shift) throws SQLException {
    List<Long> tables = shift.rollout().plan().tables();
    for (Long table : tables) {
      if (ServerFacts.exists(shift.connection(), table)) {
        return false;
      }
    }
    return !tables.isEmpty();
  }

  /** Whether it was the change itself that dropped its tables: then there is no way back. */
  private boolean droppedThem(Shift shift) throws SQLException {
    Rollout rollout = shift.rollout();
    Set<Long> leaving =
        Stream.concat(
                rollout.plan().leaving().stream()
                    .filter(it -> it.column().isEmpty())
                    .map(Plan.Leaving::oid),
                copied(rollout.plan()))
            .collect(Collectors.toSet());
    return leaving.containsAll(rollout.plan().tables())
        && pointOfNoReturn(shift, rollout.stage().orElseThrow()).isPresent();
  }

  /** Tables that others take the place of. */
  private static Stream<Long> copied(Plan plan) {
    return plan.stages().stream()
        .flatMap(stage -> stage.steps().stream())
        .flatMap(
            step ->
                step instanceof Step.BackfillRows rows && rows.rows().copy().isPresent()
                    ? Stream.of(rows.rows().oid())
                    : Stream.empty());
  }

  /** The tables were dropped, and with them whatever could be undone. */
  private Outcome abandon(Shift shift) throws SQLException {
    site.stores().syncs().forget(shift.connection(), shift.rollout().id());
    site.stores().feeds().forget(shift.connection(), shift.rollout().id());
    site.stores()
        .recorders()
        .forget(
            shift.connection(),
            shift.rollout().id(),
            OldColumn.of(shift.rollout()).stream().map(OldColumn::token).distinct().toList());
    finish(shift, RolloutState.ROLLED_BACK, Optional.empty());
    return new Outcome.Done(
        shift.rollout().change()
            + " is rolled back: its tables are gone, there was nothing to undo",
        "Submit its file again to plan it anew.");
  }

  private RolloutState target(Rollout rollout, StageName latest) {
    return to.map(state -> state == RolloutState.PLANNED ? RolloutState.ROLLED_BACK : state)
        .or(rollout::undoTo)
        .orElseGet(() -> before(rollout, latest));
  }

  private static RolloutState before(Rollout rollout, StageName stage) {
    return Transitions.after(RolloutState.ROLLING_BACK, Move.backTo(rollout.plan().before(stage)))
        .orElseThrow();
  }

  private static boolean isBefore(Rollout rollout, RolloutState target, StageName latest) {
    return rollout.plan().stages().stream()
        .map(Stage::name)
        .filter(stage -> stage.compareTo(latest) <= 0)
        .anyMatch(stage -> before(rollout, stage) == target);
  }

  private Optional<String> pointOfNoReturn(Shift shift, StageName latest) throws SQLException {
    Set<String> done = site.stores().steps().done(shift.connection(), shift.rollout().id());
    return shift.rollout().plan().stages().stream()
        .filter(stage -> stage.name().compareTo(latest) <= 0)
        .flatMap(stage -> stage.steps().stream())
        .filter(step -> done.contains(step.id()))
        .map(Step::undo)
        .flatMap(
            undo ->
                undo instanceof Undo.PointOfNoReturn point
                    ? Optional.of(point.reason()).stream()
                    : Optional.<String>empty().stream())
        .findFirst();
  }

  private Outcome undo(Shift shift, StageEngine engine, StageName latest, RolloutState target)
      throws SQLException, InterruptedException {
    Rollout rollout = shift.rollout();
    Optional<Taken> taken = claimAgain(shift);
    if (taken.isPresent()) {
      return new Outcome.OutOfOrder(
          "%s cannot be rolled back: the change \"%s\" is under way on %s.%s"
              .formatted(
                  rollout.change(),
                  taken.get().change(),
                  taken.get().claim().table(),
                  taken.get().claim().column()),
          "Wait until it is completed, or roll it back first.");
    }
    Optional<Outcome> lost = assured(shift, engine, latest);
    if (lost.isPresent()) {
      return lost.get();
    }
    Optional<StageName> current = Optional.of(latest);
    while (current.isPresent()) {
      StageName stage = current.get();
      begin(shift, stage, target);
      Optional<Stage> planned = rollout.plan().stage(stage);
      if (planned.isPresent()) {
        Walk walk = engine.undo(planned.get());
        if (!walk.result().isDone()) {
          return new Walks(shift, engine, "gatefold rollback " + rollout.change()).outcome(walk);
        }
      }
      RolloutState reached = before(rollout, stage);
      finish(shift, reached, reached.stage());
      current = reached == target ? Optional.empty() : reached.stage();
    }
    return new Outcome.Done(
        "%s is %s".formatted(rollout.change(), target.word()), again(shift, target));
  }

  /** What to do next; the team's own Flyway may hold for done what was taken back. */
  private static String again(Shift shift, RolloutState target) {
    Rollout rollout = shift.rollout();
    String next =
        target == RolloutState.ROLLED_BACK
            ? "Submit its file again to plan it anew."
            : Answers.next(rollout.change(), rollout.plan().after(target.stage()));
    Optional<String> entry =
        Serving.in(target, rollout.plan())
            ? Optional.empty()
            : TeamHistory.entry(shift.connection(), rollout.change());
    return entry
        .map(
            it ->
                next
                    + (" Your own Flyway holds its migration for done (%s) and will not ask again:"
                            + " see docs/flyway.md, After a rollback.")
                        .formatted(it))
        .orElse(next);
  }

  /**
   * While the sync is two-way, the old shape must miss nothing that was written to the new one. A
   * broken sync is made anew first: the rows are compared once no later write can be missed.
   */
  private Optional<Outcome> assured(Shift shift, StageEngine engine, StageName latest)
      throws SQLException, InterruptedException {
    Evidence sync = site.gate().measureSync(shift.connection(), shift.rollout(), latest);
    if (sync.verdict() == Verdict.CLEAR && !engine.isAnySuspicious()) {
      // A partition that is attached, detached or truncated by itself is not told of.
      return latest == StageName.RETIRE && copied(shift.rollout().plan()).findAny().isPresent()
          ? RowVerification.differences(shift, engine)
          : Optional.empty();
    }
    Walk repaired = engine.repair(latest);
    if (!repaired.result().isDone()) {
      return Optional.of(
          new Walks(shift, engine, "gatefold rollback " + shift.rollout().change())
              .unrecorded(repaired));
    }
    Optional<Outcome> differences = RowVerification.differences(shift, engine);
    if (differences.isEmpty()) {
      shift.stores().syncs().missedNothing(shift.connection(), shift.rollout().id());
    }
    return differences;
  }

  /** A completed change has given its columns free; to touch them it needs them again. */
  private Optional<Taken> claimAgain(Shift shift) throws SQLException {
    Rollout rollout = shift.rollout();
    return rollout.state() == RolloutState.COMPLETED
        ? site.stores().claims().claim(shift.connection(), rollout.id(), rollout.plan().claims())
        : Optional.empty();
  }

  private void begin(Shift shift, StageName stage, RolloutState target) throws SQLException {
    Connection connection = shift.connection();
    long id = shift.rollout().id();
    Transaction.run(
        connection,
        () -> {
          site.stores()
              .rollouts()
              .move(
                  connection,
                  id,
                  RolloutState.ROLLING_BACK,
                  Optional.of(stage),
                  Optional.of(target));
          site.stores().history().add(connection, id, "rolling-back", stage.word());
          site.stores().requests().withdraw(connection, id);
        });
  }

  private void finish(Shift shift, RolloutState state, Optional<StageName> stage)
      throws SQLException {
    Connection connection = shift.connection();
    Rollout rollout = shift.rollout();
    if (!state.over() && stage.isPresent()) {
      new Reads(site.stores(), site.standbys())
          .begin(connection, rollout, rollout.plan().after(stage));
    }
    Transaction.run(
        connection,
        () -> {
          site.stores().rollouts().move(connection, rollout.id(), state, stage, Optional.empty());
          StagePromotion.saveImages(site, connection, rollout);
          if (state.over()) {
            site.stores().claims().release(connection, rollout.id());
            site.stores().verifications().forget(connection, rollout.id());
            site.stores().samples().forget(connection, rollout.id());
          }
          site.stores().history().add(connection, rollout.id(), "rolled-back", state.word());
          site.stores().requests().withdraw(connection, rollout.id());
          site.stores()
              .notifications()
              .add(
                  connection,
                  rollout.id(),
                  Notice.done("%s is back at %s".formatted(rollout.change(), state.word())));
        });
  }
}
