package dev.gatefold.executor;

import dev.gatefold.executor.database.Transaction;
import dev.gatefold.executor.engine.Shift;
import dev.gatefold.executor.engine.StageEngine;
import dev.gatefold.executor.engine.StageEngine.Walk;
import dev.gatefold.executor.gate.Approval;
import dev.gatefold.executor.gate.Evidence;
import dev.gatefold.executor.gate.EvidenceStore;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Move;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.rollout.Transitions;
import dev.gatefold.executor.store.FeedStore;
import dev.gatefold.executor.store.Notice;
import dev.gatefold.executor.usage.Reads;
import dev.gatefold.planner.catalog.TableImage;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Lets one stage run: gate, record, steps, next state. */
final class StagePromotion implements Watch.Work {

  private final Site site;
  private final PromotionOrder order;
  private final StageName stage;

  StagePromotion(Site site, PromotionOrder order) {
    this.site = site;
    this.order = order;
    this.stage = order.stage();
  }

  @Override
  public Outcome run(Shift shift, StageEngine engine) throws SQLException, InterruptedException {
    Rollout rollout = shift.rollout();
    Optional<Outcome> early = early(rollout);
    if (early.isPresent()) {
      return early.get();
    }
    site.stores().gates().tighten(shift.connection(), rollout.id(), site.settings().floor());
    RolloutState running = Transitions.after(rollout.state(), Move.promote(stage)).orElseThrow();
    for (FeedStore.Made feed : site.stores().feeds().list(shift.connection(), rollout.id())) {
      // Nobody may have read it for days. Where it does not catch up, the gate says so.
      shift.feeds().settled(shift.connection(), rollout.id(), feed.table());
    }
    Evidence evidence = new GateWait(site.gate(), site.policy()).measure(shift, stage);
    GateDecision decision =
        rollout.state().underWay()
            ? GateDecision.again(order, evidence)
            : GateDecision.of(site, shift.connection(), rollout, order, evidence);
    if (decision.refusal().isPresent()) {
      return refused(shift, evidence, decision.refusal().get());
    }
    begin(shift, running, evidence, decision.override());
    Walk walk = engine.run(rollout.plan().stage(stage).orElseThrow());
    return walk.result().isDone()
        ? end(shift, running)
        : new Walks(shift, engine, "gatefold promote " + rollout.change() + " " + stage.word())
            .outcome(walk);
  }

  private Outcome refused(Shift shift, Evidence evidence, Outcome refusal) throws SQLException {
    Connection connection = shift.connection();
    Transaction.run(
        connection,
        () -> {
          new EvidenceStore().keepOnce(connection, shift.rollout(), evidence);
          site.stores()
              .history()
              .add(
                  connection,
                  shift.rollout().id(),
                  new PromotionRecord(order, evidence).refused(refusal));
          site.stores()
              .notifications()
              .add(connection, shift.rollout().id(), Notices.refused(evidence, refusal));
        });
    return refusal;
  }

  /** Who comes too late for a stage learns that it is done, as who comes the day after does. */
  @Override
  public Optional<Outcome> overtaken(Rollout now) {
    return isDone(now) ? early(now) : Optional.empty();
  }

  /** Whatever ends the command before anything is looked at. */
  Optional<Outcome> early(Rollout rollout) {
    if (rollout.plan().stage(stage).isEmpty()) {
      return Optional.of(
          new Outcome.OutOfOrder(
              "the plan of %s has no stage %s".formatted(rollout.change(), stage.word()),
              Answers.next(rollout)));
    }
    if (isDone(rollout)) {
      return Optional.of(
          new Outcome.Done(
              "stage %s of %s was done before".formatted(stage.word(), rollout.change()),
              Answers.next(rollout)));
    }
    boolean undoesAnother =
        rollout.state() == RolloutState.ROLLING_BACK && !rollout.stage().equals(Optional.of(stage));
    boolean skipsOne =
        !rollout.state().underWay()
            && !rollout.plan().after(rollout.state().stage()).equals(Optional.of(stage));
    if (undoesAnother
        || skipsOne
        || Transitions.after(rollout.state(), Move.promote(stage)).isEmpty()) {
      return Optional.of(
          new Outcome.OutOfOrder(
              "%s is %s: stage %s is not the next one"
                  .formatted(rollout.change(), rollout.state().word(), stage.word()),
              Answers.next(rollout)));
    }
    return rollout.paused() ? Optional.of(Answers.paused(rollout.change())) : Optional.empty();
  }

  private boolean isDone(Rollout rollout) {
    boolean under = rollout.state().underWay();
    return rollout.state() == RolloutState.COMPLETED
        || rollout
            .state()
            .stage()
            .filter(last -> under ? last.compareTo(stage) > 0 : last.compareTo(stage) >= 0)
            .isPresent();
  }

  private void begin(
      Shift shift, RolloutState running, Evidence evidence, Optional<Approval> override)
      throws SQLException {
    Connection connection = shift.connection();
    Rollout rollout = shift.rollout();
    boolean goesOn = rollout.state() == running;
    Transaction.run(
        connection,
        () -> {
          site.stores()
              .rollouts()
              .move(connection, rollout.id(), running, Optional.of(stage), Optional.empty());
          new EvidenceStore().keep(connection, rollout, evidence);
          if (goesOn) {
            String why = order.reason().map(it -> ": " + it).orElse("");
            site.stores().history().add(connection, rollout.id(), "goes-on", stage.word() + why);
          } else {
            site.stores()
                .history()
                .add(
                    connection,
                    rollout.id(),
                    new PromotionRecord(order, evidence).promoted(override));
          }
        });
  }

  /** The state in which a stage under way ends. */
  private RolloutState reached(Rollout rollout, RolloutState running) {
    boolean last = rollout.plan().after(Optional.of(stage)).isEmpty();
    return Transitions.after(running, last ? Move.PLAN_DONE : Move.STAGE_DONE).orElseThrow();
  }

  /** The state in which the stage will end, if nothing stops it. */
  RolloutState goal(Rollout rollout) {
    return reached(rollout, Transitions.after(rollout.state(), Move.promote(stage)).orElseThrow());
  }

  private Outcome end(Shift shift, RolloutState running) throws SQLException {
    Rollout rollout = shift.rollout();
    Optional<StageName> next = rollout.plan().after(Optional.of(stage));
    RolloutState state = reached(rollout, running);
    Outcome.Done done =
        new Outcome.Done(
            "%s is %s".formatted(rollout.change(), state.word()),
            Answers.next(rollout.change(), next));
    Connection connection = shift.connection();
    new Reads(site.stores(), site.standbys()).begin(connection, rollout, next);
    Transaction.run(
        connection,
        () -> {
          site.stores()
              .rollouts()
              .move(connection, rollout.id(), state, Optional.of(stage), Optional.empty());
          saveImages(site, connection, rollout);
          if (state.over()) {
            site.stores().claims().release(connection, rollout.id());
          }
          site.stores().history().add(connection, rollout.id(), "stage-done", stage.word());
          site.stores()
              .notifications()
              .add(connection, rollout.id(), Notice.done(done.message() + ". " + done.next()));
        });
    return done;
  }

  /** What the tables look like between two stages: the next gate compares with it. */
  static void saveImages(Site site, Connection connection, Rollout rollout) throws SQLException {
    for (Long table : rollout.plan().tables()) {
      site.stores()
          .images()
          .save(connection, rollout.id(), table, TableImage.read(connection, table));
    }
  }
}
