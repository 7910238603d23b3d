package dev.gatefold.executor.cli.text;

import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan as a script for people who read SQL, and which psql takes as it is. Undo is commented out,
 * so that nothing runs by itself: without the first three characters of each line, it runs too.
 */
public final class PlanSql {

  private static final String UNDO = "-- ";

  private final List<String> lines = new ArrayList<>();

  private PlanSql() {}

  /** The script of every stage, each with its undo. */
  public static String of(Plan plan) {
    PlanSql script = new PlanSql();
    script.head(plan);
    script.add(
        "-- The undo of a stage runs once \"-- \" is taken off the front of each of its lines.");
    plan.stages()
        .forEach(
            stage -> {
              script.stage(stage);
              script.undo(stage);
            });
    return String.join("\n", script.lines);
  }

  /** The same on its way there alone. */
  public static String withoutUndo(Plan plan) {
    PlanSql script = new PlanSql();
    script.head(plan);
    plan.stages().forEach(script::stage);
    return String.join("\n", script.lines);
  }

  private void head(Plan plan) {
    add(
        "-- Change " + plan.change() + ", plan " + plan.fingerprint(),
        "-- To be read. Gatefold runs it with lock timeouts, retries, checks and batches, which a",
        "-- script cannot show: a statement over all rows stands for each of its batches.");
    if (plan.fed()) {
      add(
          "-- Nor can a script read the change feed that keeps the columns of this change in step: run",
          "-- beside applications, it would lose what they write.");
    }
  }

  private void stage(Stage stage) {
    add("", "-- ==== stage " + stage.name().word() + " ====");
    stage.steps().forEach(step -> step(step, ""));
  }

  /** A comment in a comment: what is left of it, once it is uncommented, is a comment still. */
  private void undo(Stage stage) {
    add("", "-- ---- undo of stage " + stage.name().word() + " ----");
    List<Step> steps = stage.steps();
    for (int i = steps.size() - 1; i >= 0; i--) {
      undo(steps.get(i));
    }
  }

  private void undo(Step step) {
    if (step.undo() instanceof Undo.PointOfNoReturn point) {
      add(UNDO + "-- " + step.id() + " cannot be undone: " + point.reason());
    } else if (step.undo().steps().isEmpty()) {
      add(UNDO + "-- " + step.id() + " needs no undo");
    } else {
      step.undo().steps().forEach(it -> step(it, UNDO));
    }
  }

  private void step(Step step, String prefix) {
    String tables = step.tables().stream().map(TableName::quoted).collect(Collectors.joining(", "));
    add(
        "",
        prefix
            + "-- %s: %s; %s on %s; %s"
                .formatted(
                    step.id(),
                    step.kind(),
                    step.lock().sql(),
                    tables,
                    step.transactional() ? "in one transaction" : "outside a transaction"));
    if (step.transactional()) {
      add(prefix + "BEGIN;", prefix + "SET LOCAL lock_timeout = '100ms';");
    }
    for (String sql : step.sql()) {
      String statement = sql.stripTrailing();
      add(prefix + (statement + end(step, statement)).replace("\n", "\n" + prefix));
    }
    if (step.transactional()) {
      add(prefix + "COMMIT;");
    }
  }

  /** Of a query outside a transaction each row is a statement: psql runs them with \gexec. */
  private static String end(Step step, String statement) {
    if (step instanceof Step.OnlineDdl && statement.startsWith("SELECT ")) {
      return " \\gexec";
    }
    return statement.endsWith(";") ? "" : ";";
  }

  private void add(String... texts) {
    lines.addAll(List.of(texts));
  }
}
