package dev.gatefold.executor.cli;

import java.util.List;
import picocli.CommandLine;

/** All verbs, in the order of a journey. A new one is a line here. */
final class Verbs {

  /** Verbs that belong together. */
  record Group(String title, List<CommandLine> verbs) {
    Group {
      verbs = List.copyOf(verbs);
    }
  }

  private Verbs() {}

  static List<Group> of(Call call) {
    return List.of(
        group(
            "Prepare a database and a change",
            new Init(call),
            new Doctor(call),
            new NewFile(call),
            new ShowPlan(call),
            new TestFile(call),
            new CommandLine(new SchemaVerbs()).addSubcommand(new SaveSnapshot(call))),
        group(
            "Take a change through its stages",
            new Submit(call),
            new ShowEvidence(call),
            new Approve(call),
            new Promote(call),
            new Work(call),
            new Status(call),
            new WaitFor(call),
            new Verify(call)),
        group(
            "Backfills: the pace of any, and those that go without a change",
            new CommandLine(new BackfillVerbs())
                .addSubcommand(new RunBackfill(call))
                .addSubcommand(new ScheduleBackfill(call))
                .addSubcommand(new ListBackfills(call))
                .addSubcommand(new CancelBackfill(call))
                .addSubcommand(new Pace(call))),
        group(
            "When it has to stop or go back",
            new Pause(call),
            new Resume(call),
            new Retry(call),
            new Rollback(call)),
        group("Look back", new ListAll(call), new History(call), new Audit(call)),
        group("Try it out, and develop", new Demo(call), new Up(call), new Down(call)),
        group("Server", new Serve(call)));
  }

  private static Group group(String title, Object... verbs) {
    return new Group(title, List.of(verbs).stream().map(Verbs::commandLine).toList());
  }

  private static CommandLine commandLine(Object verb) {
    return verb instanceof CommandLine line ? line : new CommandLine(verb);
  }
}
