package dev.gatefold.executor.cli;

import dev.gatefold.executor.outcome.Outcome;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;

/** Makes the place in which Gatefold keeps its state. */
@Command(
    name = "init",
    description = "Makes the schema gatefold; with -o sql prints the roles and grants for the DBA.")
final class Init extends Verb {

  Init(Call call) {
    super(call);
  }

  @Override
  Set<Format> formats() {
    return EnumSet.allOf(Format.class);
  }

  @Override
  int run(Call call) throws Exception {
    if (call.format() == Format.SQL) {
      call.console().line(Resource.text("init.sql").stripTrailing());
      return ExitCode.DONE;
    }
    return call.finish(
        null,
        call.work(
            (rollouts, listener) -> new Outcome.Done(rollouts.init(), "Next: gatefold doctor")));
  }
}
