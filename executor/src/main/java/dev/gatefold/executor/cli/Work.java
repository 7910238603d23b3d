package dev.gatefold.executor.cli;

import dev.gatefold.executor.work.Worker;
import java.sql.SQLException;
import java.util.Optional;
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

  @Option(
      names = "--feed",
      paramLabel = "kafka",
      description =
          "Applies, too, what change feeds that go through Kafka tell, together with all others"
              + " that do.")
  private Optional<FeedKind> feed = Optional.empty();

  /** Which feeds are applied beside those that this process reads. */
  enum FeedKind {
    KAFKA
  }

  Work(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    boolean applies = feed.isPresent();
    if (applies && call.brokers().isEmpty()) {
      throw CommandFailure.usage(
          "--feed kafka needs a target that names its brokers",
          "Write targets.NAME.kafka.bootstrap_servers in gatefold.yaml, and use --target NAME.");
    }
    Worker worker =
        new Worker(
            call::connect, call.endpoints(), call.time().sleeper(), new WorkLines(call), applies);
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
