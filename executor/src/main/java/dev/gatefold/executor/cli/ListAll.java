package dev.gatefold.executor.cli;

import dev.gatefold.executor.cli.text.StatusText;
import dev.gatefold.executor.report.StatusShape;
import dev.gatefold.executor.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists rollouts, a line each. */
@Command(name = "list", description = "Lists all changes, or those that nobody has moved on.")
final class ListAll extends Verb {

  @Option(
      names = "--stale",
      paramLabel = "TIME",
      description = "Only unfinished changes without any news for so long, such as 30d.")
  private @Nullable Duration stale;

  ListAll(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    List<Rollout> all = call.ask(rollouts -> rollouts.list());
    List<Rollout> wanted = all.stream().filter(it -> isWanted(it, call)).toList();
    if (call.json()) {
      call.print(StatusShape.of(wanted));
    } else if (wanted.isEmpty()) {
      call.console().line(stale == null ? "No change is recorded." : "No change is stale.");
    } else {
      new StatusText(call.console()).table(wanted);
    }
    return ExitCode.DONE;
  }

  private boolean isWanted(Rollout rollout, Call call) {
    if (stale == null) {
      return true;
    }
    Instant latest = call.time().clock().instant().minus(stale);
    return !rollout.state().over() && rollout.updatedAt().isBefore(latest);
  }
}
