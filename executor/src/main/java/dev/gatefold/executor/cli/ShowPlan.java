package dev.gatefold.executor.cli;

import dev.gatefold.executor.cli.text.PlanMarkdown;
import dev.gatefold.executor.cli.text.PlanSql;
import dev.gatefold.executor.cli.text.PlanText;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.report.PlanShape;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Planning;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a change would do; writes nothing. */
@Command(
    name = "plan",
    description =
        "Reads the live catalog, or a snapshot of it, and shows stages, steps, locks and hazards;"
            + " writes nothing.")
final class ShowPlan extends Verb {

  @Parameters(paramLabel = "FILE", description = "The change file.")
  private String file;

  @Option(
      names = "--schema",
      paramLabel = "SNAPSHOT",
      description = {
        "Plans from a file that gatefold schema snapshot wrote, on a server of Gatefold's own.",
        "Needs no database."
      })
  private @Nullable String schema;

  ShowPlan(Call call) {
    super(call);
  }

  @Override
  Set<Format> formats() {
    return EnumSet.of(Format.TEXT, Format.JSON, Format.SQL, Format.MARKDOWN);
  }

  @Override
  int run(Call call) throws Exception {
    InputFile input = InputFile.read(call, file);
    Change change = input.change();
    Planning planning =
        schema == null
            ? call.ask(rollouts -> rollouts.plan(change))
            : SnapshotFiles.plan(call, schema, input);
    return planning.match(
        plan -> show(call, plan),
        refusal -> call.finish(change.name(), new Outcome.Refused(refusal)));
  }

  private int show(Call call, Plan plan) {
    switch (call.format()) {
      case TEXT -> {
        PlanText.print(call.console(), plan);
        call.console().line("");
        call.console().line("Nothing was changed. Next: gatefold submit " + file);
      }
      case JSON -> call.print(PlanShape.of(plan));
      case SQL -> call.console().line(PlanSql.of(plan));
      case MARKDOWN -> call.console().line(PlanMarkdown.of(plan));
      case CSV -> throw new IllegalStateException("formats() does not offer it");
    }
    return ExitCode.DONE;
  }
}
