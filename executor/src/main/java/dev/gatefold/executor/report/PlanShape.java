package dev.gatefold.executor.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Undo;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code plan -o json}. */
public record PlanShape(
    String change, String fingerprint, List<Stage> stages, List<Hazard> hazards) {

  public PlanShape {
    stages = List.copyOf(stages);
    hazards = List.copyOf(hazards);
  }

  public static PlanShape of(Plan plan) {
    return new PlanShape(
        plan.change().value(),
        plan.fingerprint(),
        plan.stages().stream().map(Stage::of).toList(),
        plan.hazards().stream().map(Hazard::of).toList());
  }

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
      @JsonInclude(Include.NON_NULL) @JsonProperty("rows_along") @Nullable String rowsAlong,
      @Nullable List<String> undo) {

    static Step of(dev.gatefold.planner.plan.Step step) {
      return new Step(
          step.id(),
          step.kind(),
          step.sql(),
          step.lock().sql(),
          step.tables().stream().map(TableName::toString).toList(),
          step.transactional(),
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
}
