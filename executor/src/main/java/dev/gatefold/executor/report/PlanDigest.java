package dev.gatefold.executor.report;

import dev.gatefold.executor.report.StepImpact.Lasts;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Survey;
import dev.gatefold.planner.plan.Survey.Seen;
import dev.gatefold.planner.plan.Undo;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a reviewer wants of a plan, in whatever shape it is shown. */
public final class PlanDigest {

  /** A table without rows has its empty indexes. */
  private static final long EMPTY_BYTES = 64 * 1024;

  private PlanDigest() {}

  /** A step that cannot be taken back, with its reason. */
  public record Final(StageName stage, Step step, String reason) {}

  public static List<Final> finals(Plan plan) {
    return plan.stages().stream()
        .flatMap(
            stage ->
                stage.steps().stream()
                    .flatMap(
                        step ->
                            reason(step).stream()
                                .map(reason -> new Final(stage.name(), step, reason))))
        .toList();
  }

  private static Optional<String> reason(Step step) {
    return step.undo() instanceof Undo.PointOfNoReturn point
        ? Optional.of(point.reason())
        : Optional.empty();
  }

  /** What was seen of the tables; nothing where an earlier version made the plan. */
  public static Survey survey(Plan plan) {
    return plan.survey().orElse(Survey.NONE);
  }

  /** A shorter way, of which the author may not know, where no table seems to have a row. */
  public static List<String> shorter(Plan plan) {
    List<Seen> tables = survey(plan).tables();
    boolean empty = !tables.isEmpty() && tables.stream().allMatch(PlanDigest::seemsEmpty);
    return empty && plan.stages().size() > 1
        ? List.of(
            "no row was ever seen in %s: if nothing that runs uses it yet, \"straight: when_small\" in the file makes one stage of the plan"
                .formatted(
                    tables.stream()
                        .map(seen -> seen.table().toString())
                        .collect(Collectors.joining(", "))))
        : List.of();
  }

  /** The estimate alone would not do: a table that was never analyzed has none. */
  private static boolean seemsEmpty(Seen seen) {
    return seen.rows().orElse(0) == 0
        && seen.rowsWrittenPerHour().orElse(1) == 0
        && seen.bytes() <= EMPTY_BYTES;
  }

  /** The gravest first; else in the order in which people meet them. */
  public static List<Hazard> hazards(Plan plan) {
    return plan.hazards().stream()
        .sorted(Comparator.comparing(Hazard::severity).reversed())
        .toList();
  }

  /** The ways in which the plan's steps hold their locks. */
  public static List<Lasts> lasts(Plan plan) {
    return plan.stages().stream()
        .flatMap(stage -> stage.steps().stream())
        .map(step -> StepImpact.of(step).lasts())
        .distinct()
        .sorted()
        .toList();
  }

  public static int steps(Plan plan) {
    return plan.stages().stream().mapToInt(stage -> stage.steps().size()).sum();
  }
}
