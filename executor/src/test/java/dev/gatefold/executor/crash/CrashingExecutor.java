package dev.gatefold.executor.crash;

import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A whole executor in a process of its own. It says what it does on standard output, line by line,
 * and stands still after the step that it was told, so that it can be killed just there.
 *
 * <p>Arguments: URL, change, {@code promote} or {@code rollback}, stage, the step to stand still
 * after.
 */
final class CrashingExecutor {

  private CrashingExecutor() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    StageListener listener = new Speaking(out, arguments[4]);
    ChangeName change = new ChangeName(arguments[1]);
    try (LiveRollouts rollouts = LiveRollouts.open(DatabaseUrl.parse(arguments[0]))) {
      Outcome outcome =
          arguments[2].equals("promote")
              ? rollouts.promote(
                  change, StageName.of(arguments[3]).orElseThrow(), Optional.empty(), listener)
              : rollouts.rollback(change, Optional.empty(), listener);
      out.println("outcome " + outcome);
    }
  }

  private record Speaking(PrintStream out, String standStillAfter) implements StageListener {

    @Override
    public void started(StageName stage, Step step, int number, int of) {
      out.println("started " + step.id());
    }

    @Override
    public void progress(Step step, Progress progress) {
      out.println("rows " + progress.rowsDone());
    }

    @Override
    public void waiting(Step step, String reason) {
      out.println("waiting " + reason);
    }

    @Override
    public void done(Step step, Duration took) {
      out.println("done " + step.id());
      while (step.id().equals(standStillAfter)) {
        LockSupport.park();
      }
    }
  }
}
