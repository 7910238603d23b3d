package dev.gatefold.executor.cli;

import dev.gatefold.executor.migration.Migration;
import dev.gatefold.executor.migration.MigrationFolder;
import dev.gatefold.executor.migration.MigrationFolder.Entry;
import dev.gatefold.executor.migration.Ways;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.report.PlanShape;
import dev.gatefold.executor.rollout.Serving;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.straight.Straight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The direct DDL of a plan, in the folder of the team's own migrations.
 *
 * @param file as the user would name it
 */
record TeamMigration(Plan plan, String file, Entry.State state) {

  /** What a migration can do; Flyway wants it in one transaction. */
  static Straight statements(Plan plan, Ways ways) {
    return ways.straight()
        .orElseThrow()
        .match(
            script ->
                script.transactional()
                    ? script
                    : new Straight.Refused(
                        List.of(
                            new Reason(
                                "not-in-transaction",
                                plan.change().value(),
                                "a statement of its sql runs outside a transaction, which a"
                                    + " migration that asks first cannot",
                                "Write that migration by hand, or use the operation for it, as"
                                    + " create_index."))),
            refused -> refused);
  }

  /** Adds it to a folder, unless it is there. */
  static TeamMigration add(Call call, String folder, Plan plan, Straight.Script script) {
    Path path = call.surroundings().folder().resolve(folder);
    if (!Files.isDirectory(path)) {
      throw CommandFailure.usage(
          "there is no folder " + folder,
          "Name the folder from which your Flyway takes its migrations, or make it.");
    }
    try {
      Entry entry =
          new MigrationFolder(path)
              .add(
                  new Migration(plan.change(), script.statements()),
                  call.surroundings().time().clock().instant());
      return new TeamMigration(
          plan, Path.of(folder).resolve(entry.file()).toString(), entry.state());
    } catch (IOException e) {
      throw CommandFailure.usage(
          "cannot write into %s: %s".formatted(folder, e.getMessage()),
          "Name a folder that you may read and write.");
    }
  }

  boolean isOfAnotherForm() {
    return state == Entry.State.OTHER;
  }

  /** A migration that may have been applied must stay as it is. */
  Outcome refused() {
    return new Outcome.OutOfOrder(
        "%s is the migration of another form of the change %s".formatted(file, plan.change()),
        "If no database has run it, delete it and write it again. Else leave it: undo this edit of"
            + " the change, or make the rest a change of another name.");
  }

  List<String> sentences() {
    String from = Serving.from(plan).word();
    return List.of(
        state == Entry.State.WRITTEN
            ? "Wrote %s: the direct DDL, for databases that Gatefold does not change."
                .formatted(file)
            : "%s is there already, with this direct DDL, and was left as it is.".formatted(file),
        "Where Gatefold does the change, it passes once that is %s: start the version that brings it then."
            .formatted(from));
  }

  PlanShape.Migration shape() {
    return new PlanShape.Migration(file, state == Entry.State.WRITTEN, Serving.from(plan).word());
  }
}
