package dev.gatefold.executor.cli;

import dev.gatefold.executor.cli.text.StatusText;
import dev.gatefold.executor.cli.text.Wording;
import dev.gatefold.executor.report.StatusShape;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.NotificationStore.Untold;
import dev.gatefold.executor.store.Request;
import dev.gatefold.planner.change.ChangeName;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
            print(
                call,
                one == null ? it.list() : List.of(Known.orFail(call.database(), one, it.find(one))),
                it.requests(),
                it.untold()));
  }

  private int print(Call call, List<Rollout> rollouts, List<Request> requests, List<Untold> all) {
    Map<ChangeName, Request> asked =
        requests.stream().collect(Collectors.toMap(Request::change, it -> it));
    ChangeName one = change;
    List<Untold> untold =
        all.stream().filter(it -> one == null || it.change().equals(one)).toList();
    if (call.json()) {
      call.print(StatusShape.of(rollouts, asked, untold));
      return ExitCode.DONE;
    }
    if (one != null) {
      new StatusText(call.console(), asked).one(rollouts.get(0));
    } else {
      text(call, rollouts, asked);
    }
    untold.forEach(
        it -> call.console().line("webhook %s: %s".formatted(it.endpoint(), it.sentence())));
    return ExitCode.DONE;
  }

  private static void text(Call call, List<Rollout> rollouts, Map<ChangeName, Request> asked) {
    List<Rollout> open = rollouts.stream().filter(it -> !it.state().over()).toList();
    StatusText text = new StatusText(call.console(), asked);
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
