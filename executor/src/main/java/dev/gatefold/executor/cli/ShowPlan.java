package dev.gatefold.executor.cli;

import dev.gatefold.executor.cli.text.PlanMarkdown;
import dev.gatefold.executor.cli.text.PlanSql;
import dev.gatefold.executor.cli.text.PlanText;
import dev.gatefold.executor.migration.Ways;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.report.PlanShape;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Refusal;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a change would do; writes nothing into a database. */
@Command(
    name = "plan",
    description =
        "Reads the live catalog, or a snapshot of it, and shows stages, steps, locks and hazards;"
            + " writes nothing into the database.")
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

  @Option(
      names = "--flyway",
      paramLabel = "DIR",
      description = {
        "Also writes the direct DDL into this folder, as the next migration of your own Flyway.",
        "It does nothing where Gatefold does the change. A file that is there is never altered."
      })
  private @Nullable String flyway;

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
    if (flyway == null && schema == null) {
      return call.ask(rollouts -> rollouts.plan(change))
          .match(
              plan -> show(call, plan, Optional.empty()),
              refusal -> refused(call, change, refusal));
    }
    Ways ways =
        schema == null
            ? call.ask(rollouts -> rollouts.ways(change))
            : SnapshotFiles.ways(call, schema, input);
    Optional<String> folder = Optional.ofNullable(flyway);
    return ways.staged()
        .match(
            plan ->
                folder
                    .map(it -> beside(call, it, plan, ways))
                    .orElseGet(() -> show(call, plan, Optional.empty())),
            refusal -> refused(call, change, refusal));
  }

  private static int refused(Call call, Change change, Refusal refusal) {
    return call.finish(change.name(), new Outcome.Refused(refusal));
  }

  private int beside(Call call, String folder, Plan plan, Ways ways) {
    return TeamMigration.statements(plan, ways)
        .match(
            script -> {
              TeamMigration migration = TeamMigration.add(call, folder, plan, script);
              return migration.isOfAnotherForm()
                  ? call.finish(plan.change(), migration.refused())
                  : show(call, plan, Optional.of(migration));
            },
            refused ->
                call.finish(plan.change(), new Outcome.Refused(new Refusal(refused.reasons()))));
  }

  private int show(Call call, Plan plan, Optional<TeamMigration> migration) {
    List<String> beside = migration.map(TeamMigration::sentences).orElse(List.of());
    switch (call.format()) {
      case TEXT -> {
        PlanText.print(call.console(), plan, beside);
        call.console().line("");
        call.console()
            .line(
                "Nothing %swas changed. Next: gatefold submit %s"
                    .formatted(beside.isEmpty() ? "" : "else ", file));
      }
      case JSON ->
          call.print(
              migration
                  .map(it -> PlanShape.of(plan).with(it.shape()))
                  .orElseGet(() -> PlanShape.of(plan)));
      case SQL -> {
        call.console().line(PlanSql.of(plan));
        beside.forEach(sentence -> call.console().line("-- " + sentence));
      }
      case MARKDOWN -> call.console().line(PlanMarkdown.of(plan, beside));
      case CSV -> throw new IllegalStateException("formats() does not offer it");
    }
    return ExitCode.DONE;
  }
}
