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
 * A plan as a script for people who read SQL; undo is commented out, so that nothing runs twice.
 */
public final class PlanSql {

  private final List<String> lines = new ArrayList<>();

  private PlanSql() {}

  /** The script, one element for each statement or comment. */
  public static String of(Plan plan) {
    PlanSql script = new PlanSql();
    script.add(
        "-- Change " + plan.change() + ", plan " + plan.fingerprint(),
        "-- To be read. Gatefold runs it with lock timeouts, retries, checks and batches, which a",
        "-- script cannot show: a statement over all rows stands for each of its batches.");
    plan.stages().forEach(script::stage);
    return String.join("\n", script.lines);
  }

  private void stage(Stage stage) {
    add("", "-- ==== stage " + stage.name().word() + " ====");
    stage.steps().forEach(step -> step(step, ""));
    add("", "-- ---- undo of stage " + stage.name().word() + " ----");
    List<Step> steps = stage.steps();
    for (int i = steps.size() - 1; i >= 0; i--) {
      undo(steps.get(i));
    }
  }

  private void undo(Step step) {
    if (step.undo() instanceof Undo.PointOfNoReturn point) {
      add("-- " + step.id() + " cannot be undone: " + point.reason());
    } else if (step.undo().steps().isEmpty()) {
      add("-- " + step.id() + " needs no undo");
    } else {
      step.undo().steps().forEach(it -> step(it, "-- "));
    }
  }

  private void step(Step step, String prefix) {
    String tables = step.tables().stream().map(TableName::quoted).collect(Collectors.joining(", "));
    add(
        "",
        "-- %s: %s; %s on %s; %s"
            .formatted(
                step.id(),
                step.kind(),
                step.lock().sql(),
                tables,
                step.transactional() ? "in one transaction" : "outside a transaction"));
    if (step.transactional()) {
      add(prefix + "BEGIN;");
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
