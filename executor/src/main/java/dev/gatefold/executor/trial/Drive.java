package dev.gatefold.executor.trial;

import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.Rollouts;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.outcome.Summary;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.trial.Finding.Kind;
import dev.gatefold.executor.trial.picture.DatabasePicture;
import dev.gatefold.executor.trial.picture.RowPicture;
import dev.gatefold.executor.trial.picture.TableColumns;
import dev.gatefold.executor.trial.witness.Witness;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The way of one change that is submitted: each stage, there and back and there again. */
final class Drive {

  private static final String REASON = "a trial: nobody but its own writers is here";

  private final Means means;
  private final Change change;
  private final String file;
  private final DatabasePicture before;
  private final List<Leg> legs = new ArrayList<>();
  private final List<StepReport> steps = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  Drive(Means means, Change change, String file, DatabasePicture before) {
    this.means = means;
    this.change = change;
    this.file = file;
    this.before = before;
  }

  /** What it works with. */
  record Means(Rollouts rollouts, Connection connection, Witness witness, Crew crew) {}

  /** A stage did not come to its end. */
  private static final class Stopped extends Exception {
    private static final long serialVersionUID = 1;
    private final Kind kind;

    Stopped(Outcome outcome) {
      super(Summary.of(outcome).message());
      kind = outcome instanceof Outcome.Differs ? Kind.ROWS : Kind.STOPPED;
    }
  }

  Report run() throws SQLException, InterruptedException {
    TableColumns columns = TableColumns.read(means.connection());
    means.crew().learn(means.connection());
    try {
      for (Stage stage : plan().stages()) {
        if (stage.reversible()) {
          thereAndBack(stage.name(), columns);
          if (!means.crew().isEmpty()) {
            thereAndBackAmongWriters(stage.name());
          }
        }
        thereAmongWriters(stage.name());
      }
      nothingIsLeft();
    } catch (Stopped e) {
      find(e.kind, legs.get(legs.size() - 1), String.valueOf(e.getMessage()));
    }
    findings.addAll(means.crew().findings());
    return new Report(
        change.name(),
        Optional.empty(),
        legs,
        steps,
        findings,
        means.crew().writes(),
        DatabasePicture.take(means.connection()));
  }

  /** With nobody else about, so that all can be compared. */
  private void thereAndBack(StageName stage, TableColumns planned)
      throws SQLException, InterruptedException, Stopped {
    DatabasePicture catalog = DatabasePicture.take(means.connection());
    TableColumns columns = compared(stage, planned);
    RowPicture rows = RowPicture.take(means.connection(), columns);
    there(stage);
    means.crew().learn(means.connection());
    back(stage);
    same(Leg.back(stage), catalog, DatabasePicture.take(means.connection()));
    RowPicture now =
        RowPicture.take(means.connection(), columns.common(TableColumns.read(means.connection())));
    rows.to(now).forEach(it -> find(Kind.ROWS, Leg.back(stage), it));
  }

  /** Between backfill and its undo the new columns are nobody's yet, whatever is in them. */
  private TableColumns compared(StageName stage, TableColumns planned) throws SQLException {
    TableColumns now = TableColumns.read(means.connection());
    return stage == StageName.BACKFILL ? now.common(planned) : now;
  }

  private void thereAndBackAmongWriters(StageName stage)
      throws SQLException, InterruptedException, Stopped {
    DatabasePicture catalog = DatabasePicture.take(means.connection());
    thereAmongWriters(stage);
    back(stage);
    same(Leg.back(stage), catalog, DatabasePicture.take(means.connection()));
    write();
    verify(stage, Leg.back(stage));
  }

  private void thereAmongWriters(StageName stage)
      throws SQLException, InterruptedException, Stopped {
    Set<Version> versions = Version.in(running(stage), plan());
    write();
    means.crew().during(versions, running(stage), () -> there(stage));
    write();
    verify(stage, Leg.there(stage));
  }

  private static RolloutState running(StageName stage) {
    return switch (stage) {
      case EXPAND -> RolloutState.EXPANDING;
      case BACKFILL -> RolloutState.BACKFILLING;
      case RETIRE -> RolloutState.RETIRING;
      case DROP -> RolloutState.DROPPING;
    };
  }

  private void write() throws SQLException {
    RolloutState state = rollout().state();
    means.crew().write(Version.in(state, plan()), state);
  }

  private void there(StageName stage) throws SQLException, InterruptedException, Stopped {
    Leg leg = Leg.there(stage);
    go(
        leg,
        listener ->
            means
                .rollouts()
                .promote(change.name(), PromotionOrder.answering(stage, REASON), listener));
  }

  private void back(StageName stage) throws SQLException, InterruptedException, Stopped {
    go(
        Leg.back(stage),
        listener -> means.rollouts().rollback(change.name(), Optional.empty(), listener));
    if (rollout().state() == RolloutState.ROLLED_BACK) {
      // What was undone altogether is planned anew.
      done(means.rollouts().submit(change, file));
    }
  }

  private interface Work {
    Outcome run(StageListener listener) throws SQLException;
  }

  private void go(Leg leg, Work work) throws SQLException, InterruptedException, Stopped {
    legs.add(leg);
    StepWatch watch = new StepWatch(means.witness(), leg);
    Outcome outcome = work.run(watch);
    List<StepReport> reports = watch.reports();
    steps.addAll(reports);
    reports.forEach(report -> findings.addAll(LockComparison.of(report)));
    done(outcome);
  }

  /** Compares old and new shape of every row, as the gate of the next stage would ask for. */
  private void verify(StageName stage, Leg leg) throws SQLException {
    boolean verifiable = stage == StageName.BACKFILL || stage == StageName.RETIRE;
    boolean filled =
        rollout().state() == RolloutState.BACKFILLED || rollout().state() == RolloutState.RETIRED;
    if (verifiable && filled) {
      Outcome outcome = means.rollouts().verify(change.name(), StageListener.SILENT);
      if (!(outcome instanceof Outcome.Done)) {
        find(Kind.ROWS, leg, Summary.of(outcome).message());
      }
    }
  }

  private void same(Leg leg, DatabasePicture earlier, DatabasePicture now) {
    earlier.to(now).words().forEach(it -> find(Kind.CATALOG, leg, it));
  }

  private void nothingIsLeft() throws SQLException {
    StageName last = plan().stages().get(plan().stages().size() - 1).name();
    before.to(DatabasePicture.take(means.connection())).added().stream()
        .filter(line -> line.contains("gatefold"))
        .forEach(it -> find(Kind.CATALOG, Leg.there(last), "this is left behind: " + it));
  }

  private void find(Kind kind, Leg leg, String message) {
    findings.add(new Finding(kind, leg.toString(), message));
  }

  private static void done(Outcome outcome) throws Stopped {
    if (!(outcome instanceof Outcome.Done)) {
      throw new Stopped(outcome);
    }
  }

  private Rollout rollout() throws SQLException {
    return means.rollouts().find(change.name()).orElseThrow();
  }

  private Plan plan() throws SQLException {
    return rollout().plan();
  }
}
