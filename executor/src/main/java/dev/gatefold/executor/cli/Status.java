package dev.gatefold.executor.cli;

import dev.gatefold.executor.cli.text.StatusText;
import dev.gatefold.executor.cli.text.Wording;
import dev.gatefold.executor.report.StatusContext;
import dev.gatefold.executor.report.StatusShape;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.planner.change.ChangeName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says where things stand. */
@Command(
    name = "status",
    description = "Says where a change stands, or all of them, and what to do next.")
final class Status extends Verb {

  @Parameters(arity = "0..1", paramLabel = "CHANGE", description = "The change; without it, all.")
  private @Nullable ChangeName change;

  Status(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    ChangeName one = change;
    return call.ask(
        it ->
            one == null
                ? all(call, it.list(), StatusContext.of(it))
                : one(
                    call,
                    Known.orFail(call.database(), one, it.find(one)),
                    StatusContext.of(it, one)));
  }

  private static int one(Call call, Rollout rollout, StatusContext known) {
    if (call.json()) {
      call.print(StatusShape.of(List.of(rollout), known));
      return ExitCode.DONE;
    }
    new StatusText(call.console(), known).one(rollout);
    return untold(call, known);
  }

  private static int all(Call call, List<Rollout> rollouts, StatusContext known) {
    if (call.json()) {
      call.print(StatusShape.of(rollouts, known));
      return ExitCode.DONE;
    }
    text(call, rollouts, known);
    return untold(call, known);
  }

  private static int untold(Call call, StatusContext known) {
    known
        .untold()
        .forEach(
            it -> call.console().line("webhook %s: %s".formatted(it.endpoint(), it.sentence())));
    return ExitCode.DONE;
  }

  private static void text(Call call, List<Rollout> rollouts, StatusContext known) {
    List<Rollout> open = rollouts.stream().filter(it -> !it.state().over()).toList();
    StatusText text = new StatusText(call.console(), known);
    open.forEach(text::one);
    if (rollouts.isEmpty()) {
      call.console().line("No change is recorded. Next: gatefold new NAME");
    } else if (open.size() < rollouts.size()) {
      call.console()
          .line(
              Wording.count(rollouts.size() - open.size(), "change")
                  + " completed or rolled back; see: gatefold list");
    }
  }
}
