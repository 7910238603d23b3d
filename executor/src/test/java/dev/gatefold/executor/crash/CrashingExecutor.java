package dev.gatefold.executor.crash;

import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.timetable.Cron;
import dev.gatefold.planner.change.BackfillFile;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.change.ChangeFileException;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A whole executor in a process of its own. It reads commands on standard input, one a line, and
 * says what it does on standard output; where it was told to stand still it waits for another line,
 * so that something can be done to it just there.
 */
final class CrashingExecutor {

  private CrashingExecutor() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = System.out;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Command command = Command.of(line);
      try {
        Outcome outcome = run(command, new Speaking(in, out, command));
        out.println("outcome " + outcome.toString().replaceAll("\\s+", " "));
      } catch (SQLException e) {
        out.println(
            "error "
                + e.getSQLState()
                + " "
                + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
      } catch (ChangeFileException | RuntimeException e) {
        e.printStackTrace();
        out.println("bug " + e);
      }
    }
  }

  private static Outcome run(Command command, Speaking listener)
      throws SQLException, ChangeFileException {
    ChangeName change = new ChangeName(command.change());
    try (LiveRollouts rollouts = LiveRollouts.open(DatabaseUrl.parse(command.url()))) {
      return switch (command.verb()) {
        case SUBMIT ->
            rollouts.submit(ChangeFile.read("change.yaml", command.argument()), command.argument());
        case PROMOTE ->
            rollouts.promote(
                change, Journey.order(StageName.of(command.argument()).orElseThrow()), listener);
        case RETRY -> rollouts.retry(change, listener);
        case ROLLBACK -> rollouts.rollback(change, RolloutState.of(command.argument()), listener);
        case VERIFY -> rollouts.verify(change, listener);
        case FILL ->
            rollouts
                .backfills()
                .run(
                    BackfillFile.read("x.yaml", command.argument(), Cron::check),
                    command.argument(),
                    listener.rows());
        case WORK ->
            rollouts
                .backfills()
                .work(name -> listener.rows())
                .flatMap(ran -> ran.outcome())
                .orElse(new Outcome.Done("nothing to take", ""));
      };
    }
  }

  private static final class Speaking implements StageListener {

    private final BufferedReader in;
    private final PrintStream out;
    private final String standStill;
    private int skip;

    Speaking(BufferedReader in, PrintStream out, Command command) {
      this.in = in;
      this.out = out;
      this.standStill = command.standStill();
      this.skip = command.skip();
    }

    @Override
    public void started(StageName stage, Step step, int number, int of) {
      say("started " + step.id());
    }

    @Override
    public void progress(Step step, Progress progress) {
      say("rows " + progress.rowsDone());
    }

    ProgressListener rows() {
      return progress -> say("rows " + progress.rowsDone());
    }

    @Override
    public void waiting(Step step, String reason) {
      say("waiting " + reason);
    }

    @Override
    public void done(Step step, Duration took) {
      say("done " + step.id());
    }

    private void say(String line) {
      out.println(line);
      boolean here =
          line.equals(standStill) || (standStill.endsWith(" ") && line.startsWith(standStill));
      if (!here || skip-- != 0) {
        return;
      }
      out.println("still");
      try {
        in.readLine();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
