package dev.gatefold.executor.cli.text;

import dev.gatefold.executor.report.PlanDigest;
import dev.gatefold.executor.report.PlanDigest.Final;
import dev.gatefold.executor.report.StepImpact;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Survey.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plan for a comment of a pull request. */
public final class PlanMarkdown {

  /**
   * GitHub takes no comment of more than 65,536 characters; some are for what is around the script.
   */
  private static final int LONGEST = 64_000;

  private static final String ELSEWHERE =
      "too long for a comment; `gatefold plan FILE -o sql` prints it";

  private final Plan plan;
  private final List<String> lines = new ArrayList<>();

  private PlanMarkdown(Plan plan) {
    this.plan = plan;
  }

  /** The page, with what there is to say of the team's own migrations. */
  public static String of(Plan plan, List<String> beside) {
    PlanMarkdown page = new PlanMarkdown(plan);
    page.write(beside);
    return String.join("\n", page.lines);
  }

  private void write(List<String> beside) {
    add("## Plan of " + Markdown.code(plan.change().value()));
    add("", summary());
    tables();
    steps();
    list("When applications deploy", plan.deploys());
    list(PlanText.BESIDE, beside);
    list("Shorter", PlanDigest.shorter(plan));
    hazards();
    list("What was not seen", PlanDigest.survey(plan).unseen());
    script();
  }

  private String summary() {
    List<Final> finals = PlanDigest.finals(plan);
    String stages =
        plan.stages().stream()
            .map(stage -> stage.name().word())
            .collect(Collectors.joining("**, **", "**", "**"));
    return "%s: %s; fingerprint %s. %s"
        .formatted(
            Wording.count(plan.stages().size(), "stage"),
            stages,
            Markdown.code(plan.fingerprint()),
            finals.isEmpty()
                ? "All of it can be undone."
                : "**Point of no return**: " + finals(finals));
  }

  /** Many steps of a stage go for the same reason. */
  private static String finals(List<Final> finals) {
    return finals.stream()
        .map(
            it ->
                "stage **%s**, %s (%s)"
                    .formatted(
                        it.stage().word(),
                        Markdown.text(it.step().kind()),
                        Markdown.text(it.reason())))
        .distinct()
        .collect(Collectors.joining("; ", "", "."));
  }

  private void tables() {
    if (PlanDigest.survey(plan).tables().isEmpty()) {
      return;
    }
    add("", "| table | rows | size | rows written an hour | scans an hour |");
    add("|---|---|---|---|---|");
    for (Seen seen : PlanDigest.survey(plan).tables()) {
      row(
          Markdown.code(seen.table().toString()),
          SurveyWords.rows(seen),
          SurveyWords.size(seen),
          SurveyWords.written(seen),
          SurveyWords.scans(seen));
    }
  }

  private void steps() {
    add("", "### Stages", "");
    add("| stage | step | on | lock | stops | lasts |");
    add("|---|---|---|---|---|---|");
    plan.stages().forEach(this::stage);
    add("");
    PlanDigest.lasts(plan).forEach(it -> add("- *%s*: %s".formatted(it.word(), it.meaning())));
  }

  private void stage(Stage stage) {
    String name = "**%s**%s".formatted(stage.name().word(), finality(stage.name()));
    for (Step step : stage.steps()) {
      StepImpact impact = StepImpact.of(step);
      row(
          name,
          Markdown.text(step.kind())
              + step.rowsAlong().map(along -> ", along " + Markdown.text(along)).orElse(""),
          step.tables().stream()
              .map(table -> Markdown.code(table.toString()))
              .collect(Collectors.joining(", ")),
          step.lock().sql(),
          impact.stops(),
          impact.lasts().word());
      // Said once: a reader looks for where a stage begins.
      name = "";
    }
  }

  private String finality(StageName stage) {
    boolean reversible = plan.stage(stage).map(Stage::reversible).orElse(true);
    return reversible ? "" : " (final)";
  }

  private void hazards() {
    add("", "### Hazards", "");
    if (plan.hazards().isEmpty()) {
      add("None that the planner knows of.");
    }
    for (Severity severity : List.of(Severity.DANGER, Severity.WARNING, Severity.NOTE)) {
      plan.hazards().stream().filter(hazard -> hazard.severity() == severity).forEach(this::hazard);
    }
  }

  private void hazard(Hazard hazard) {
    add(
        "- **%s** %s, %s: %s. *Cure*: %s"
            .formatted(
                hazard.severity().name().toLowerCase(Locale.ROOT),
                Markdown.code(hazard.code()),
                Markdown.code(hazard.object()),
                Markdown.text(hazard.message()),
                Markdown.text(hazard.cure())));
  }

  private void list(String title, List<String> items) {
    if (!items.isEmpty()) {
      add("", "### " + title, "");
      items.forEach(item -> add("- " + Markdown.text(item)));
    }
  }

  private void script() {
    int room = LONGEST - String.join("\n", lines).length();
    String whole = PlanSql.of(plan);
    String withoutUndo = PlanSql.withoutUndo(plan);
    add("");
    if (whole.length() < room) {
      folded("SQL of every stage, with its undo", whole);
    } else if (withoutUndo.length() < room) {
      folded("SQL of every stage", withoutUndo);
      add("", "With its undo the SQL is " + ELSEWHERE + ".");
    } else {
      add("The SQL is " + ELSEWHERE + ".");
    }
  }

  private void folded(String title, String sql) {
    add("<details><summary>" + title + "</summary>", "", Markdown.sql(sql), "", "</details>");
  }

  private void row(String... cells) {
    add("| " + String.join(" | ", cells) + " |");
  }

  private void add(String... texts) {
    lines.addAll(List.of(texts));
  }
}
