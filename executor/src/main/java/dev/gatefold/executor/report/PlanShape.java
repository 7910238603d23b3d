package dev.gatefold.executor.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Survey;
import dev.gatefold.planner.plan.Undo;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code plan -o json}.
 *
 * @param deploys what applications must do between the stages, in order
 * @param finals the steps that cannot be taken back
 * @param unseen what nobody looked at
 * @param migration left out unless one was asked for
 */
public record PlanShape(
    String change,
    String fingerprint,
    List<Stage> stages,
    List<Hazard> hazards,
    List<String> deploys,
    @JsonProperty("final") List<Final> finals,
    List<Seen> tables,
    List<String> unseen,
    @JsonInclude(Include.NON_NULL) @Nullable Migration migration) {

  public PlanShape {
    stages = List.copyOf(stages);
    hazards = List.copyOf(hazards);
    deploys = List.copyOf(deploys);
    finals = List.copyOf(finals);
    tables = List.copyOf(tables);
    unseen = List.copyOf(unseen);
  }

  public static PlanShape of(Plan plan) {
    return new PlanShape(
        plan.change().value(),
        plan.fingerprint(),
        plan.stages().stream().map(Stage::of).toList(),
        plan.hazards().stream().map(Hazard::of).toList(),
        plan.deploys(),
        PlanDigest.finals(plan).stream().map(Final::of).toList(),
        PlanDigest.survey(plan).tables().stream().map(Seen::of).toList(),
        PlanDigest.survey(plan).unseen(),
        null);
  }

  /** The same plan, with what lies beside the migrations of the team's own Flyway. */
  public PlanShape with(Migration beside) {
    return new PlanShape(
        change, fingerprint, stages, hazards, deploys, finals, tables, unseen, beside);
  }

  /**
   * A migration of the team's own Flyway.
   *
   * @param written whether it was, now; else it was there before
   * @param passesFrom the state of the change from which on it passes where Gatefold does the
   *     change
   */
  public record Migration(
      String file, boolean written, @JsonProperty("passes_from") String passesFrom) {}

  /** What one promotion lets run. */
  public record Stage(String phase, String stage, boolean reversible, List<Step> steps) {
    public Stage {
      steps = List.copyOf(steps);
    }

    static Stage of(dev.gatefold.planner.plan.Stage stage) {
      return new Stage(
          stage.name().phase().name().toLowerCase(Locale.ROOT),
          stage.name().word(),
          stage.reversible(),
          stage.steps().stream().map(Step::of).toList());
    }
  }

  /**
   * One step.
   *
   * @param blocks what of the applications waits for its locks: reads, writes, both or nothing
   * @param lasts how long it holds them: milliseconds, online, batches, reading or unproven
   * @param rowsAlong for steps over all rows what their batches run along; else left out
   * @param undo the statements that take it back, none where none are needed; null where nothing
   *     can
   */
  public record Step(
      String id,
      String kind,
      List<String> sql,
      String lock,
      List<String> tables,
      boolean transactional,
      List<String> blocks,
      String lasts,
      @JsonInclude(Include.NON_NULL) @JsonProperty("rows_along") @Nullable String rowsAlong,
      @Nullable List<String> undo) {

    static Step of(dev.gatefold.planner.plan.Step step) {
      StepImpact impact = StepImpact.of(step);
      return new Step(
          step.id(),
          step.kind(),
          step.sql(),
          step.lock().sql(),
          step.tables().stream().map(TableName::toString).toList(),
          step.transactional(),
          impact.blocks(),
          impact.lasts().word(),
          step.rowsAlong().orElse(null),
          undo(step.undo()));
    }

    private static @Nullable List<String> undo(Undo undo) {
      return undo.possible()
          ? undo.steps().stream().flatMap(step -> step.sql().stream()).toList()
          : null;
    }
  }

  /** A danger for running applications. */
  public record Hazard(String code, String severity, String object, String message, String cure) {

    static Hazard of(dev.gatefold.planner.plan.Hazard hazard) {
      return new Hazard(
          hazard.code(),
          hazard.severity().name().toLowerCase(Locale.ROOT),
          hazard.object(),
          hazard.message(),
          hazard.cure());
    }
  }

  /** A step after which there is no way back. */
  public record Final(String stage, String step, String reason) {

    static Final of(PlanDigest.Final last) {
      return new Final(last.stage().word(), last.step().id(), last.reason());
    }
  }

  /**
   * How large and how busy a table is.
   *
   * @param rows null where the server has no estimate
   * @param rowsWrittenPerHour on average; null where the server does not count
   * @param scansPerHour on average; null where the server does not count
   */
  public record Seen(
      String table,
      @Nullable Long rows,
      long bytes,
      @JsonProperty("rows_written_per_hour") @Nullable Long rowsWrittenPerHour,
      @JsonProperty("scans_per_hour") @Nullable Long scansPerHour) {

    static Seen of(Survey.Seen seen) {
      return new Seen(
          seen.table().toString(),
          known(seen.rows()),
          seen.bytes(),
          known(seen.rowsWrittenPerHour()),
          known(seen.scansPerHour()));
    }

    private static @Nullable Long known(OptionalLong value) {
      return value.isPresent() ? value.getAsLong() : null;
    }
  }
}
