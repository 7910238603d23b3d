package dev.gatefold.executor.trial;

import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.trial.witness.Witness;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets the witness look at each step: a step lasts until the next one begins, or the stage ends.
 */
final class StepWatch implements StageListener {

  private final Witness witness;
  private final Leg leg;
  private final List<StepReport> reports = new ArrayList<>();
  private Optional<Step> current = Optional.empty();
  private Optional<SQLException> failure = Optional.empty();

  StepWatch(Witness witness, Leg leg) {
    this.witness = witness;
    this.leg = leg;
  }

  @Override
  public void started(StageName stage, Step step, int number, int of) {
    try {
      end();
      witness.begin(step);
      current = Optional.of(step);
    } catch (SQLException e) {
      // A listener cannot stop the stage; whoever asks for the reports hears of it.
      failure = failure.or(() -> Optional.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end() throws SQLException, InterruptedException {
    if (current.isPresent()) {
      reports.add(new StepReport(leg, current.get(), witness.end()));
      current = Optional.empty();
    }
  }

  /** What was seen of all steps, once the stage is over. */
  List<StepReport> reports() throws SQLException, InterruptedException {
    end();
    if (failure.isPresent()) {
      throw failure.get();
    }
    return List.copyOf(reports);
  }
}
