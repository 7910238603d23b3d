package dev.gatefold.executor.cli;

import dev.gatefold.executor.work.Worker;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the promotions and backfills that others asked for. */
@Command(
    name = "work",
    description =
        "A worker: runs what promote --detach and backfill schedule ask for, sends webhooks.")
final class Work extends Verb {

  @Option(
      names = "--once",
      description = "Ends when nothing is left to run. Without it: works until it is told to end.")
  private boolean once;

  Work(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    Worker worker =
        new Worker(call::connect, call.endpoints(), call.time().sleeper(), new WorkLines(call));
    Retreat retreat = Retreat.of(Thread.currentThread());
    try {
      if (once) {
        worker.once();
      } else {
        worker.untilInterrupted();
      }
    } catch (InterruptedException e) {
      call.console().error("gatefold: told to end; what was under way is given back");
    } catch (SQLException e) {
      throw CommandFailure.database(call.database(), e);
    } finally {
      retreat.over();
    }
    return ExitCode.DONE;
  }
}
