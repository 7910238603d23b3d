package dev.gatefold.executor.cli.text;

import dev.gatefold.executor.cli.text.Console.Style;
import dev.gatefold.executor.report.PlanDigest;
import dev.gatefold.executor.report.StepImpact;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.Step;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plan for a reviewer who has one minute. */
public final class PlanText {

  static final String BESIDE = "Beside your own Flyway";

  private final Console console;
  private final Plan plan;

  private PlanText(Console console, Plan plan) {
    this.console = console;
    this.plan = plan;
  }

  /** Prints it, with what there is to say of the team's own migrations. */
  public static void print(Console console, Plan plan, List<String> beside) {
    PlanText text = new PlanText(console, plan);
    text.print();
    text.section(BESIDE, beside);
  }

  private void print() {
    console.line(
        "Plan of %s: %s, %s (fingerprint %s)"
            .formatted(
                console.styled(Style.STRONG, plan.change().value()),
                Wording.count(plan.stages().size(), "stage"),
                Wording.count(PlanDigest.steps(plan), "step"),
                plan.fingerprint()));
    section(
        "Tables",
        PlanDigest.survey(plan).tables().stream()
            .map(seen -> seen.table() + ": " + SurveyWords.of(seen))
            .toList());
    plan.stages().forEach(this::stage);
    section(
        "How long locks are held",
        PlanDigest.lasts(plan).stream().map(it -> it.word() + ": " + it.meaning()).toList());
    section("When applications deploy", plan.deploys());
    section("Shorter", PlanDigest.shorter(plan));
    hazards();
    section(
        "What cannot be undone",
        PlanDigest.finals(plan).stream()
            .map(it -> it.stage().word() + ", " + it.step().kind() + ": " + it.reason())
            .toList());
    section("What was not seen", PlanDigest.survey(plan).unseen());
  }

  private void stage(Stage stage) {
    console.line("");
    console.line(
        "Stage %s (%s)"
            .formatted(
                console.styled(Style.STRONG, stage.name().word()),
                stage.reversible() ? "can be undone" : "cannot be undone"));
    List<Step> steps = stage.steps();
    int kind = width(steps.stream().map(Step::kind).toList());
    int tables = width(steps.stream().map(PlanText::tables).toList());
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      console.line(
          "  %2d. %s  %s  %s"
              .formatted(i + 1, pad(step.kind(), kind), pad(tables(step), tables), lock(step)));
      step.rowsAlong().ifPresent(along -> console.line("      along " + along));
    }
  }

  private static String lock(Step step) {
    StepImpact impact = StepImpact.of(step);
    return "%-22s stops %s, %s".formatted(step.lock().sql(), impact.stops(), impact.lasts().word());
  }

  private void hazards() {
    console.line("");
    console.line(console.styled(Style.STRONG, "Hazards"));
    if (plan.hazards().isEmpty()) {
      console.line("  none that the planner knows of");
    }
    for (Hazard hazard : PlanDigest.hazards(plan)) {
      String severity = hazard.severity().name().toLowerCase(Locale.ROOT);
      console.line(
          "  %s %s, %s: %s"
              .formatted(
                  console.styled(Style.ATTENTION, severity),
                  hazard.code(),
                  hazard.object(),
                  hazard.message()));
      console.line("    Cure: " + hazard.cure());
    }
  }

  private void section(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      console.line("");
      console.line(console.styled(Style.STRONG, title));
      lines.forEach(line -> console.line("  " + line));
    }
  }

  private static String tables(Step step) {
    return step.tables().stream().map(TableName::toString).collect(Collectors.joining(", "));
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
