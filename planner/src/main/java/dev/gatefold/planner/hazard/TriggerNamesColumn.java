package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.replacement.OldColumn;
import dev.gatefold.planner.replacement.TableReplacement;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.Trigger;
import java.util.List;
import java.util.regex.Pattern;

/** The body of a trigger function is text to the server: it does not follow a column. */
final class TriggerNamesColumn implements ReplacementCheck {

  private static final Danger DANGER = Danger.of("trigger-names-column", Severity.DANGER);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(TableReplacement replacement) {
    return replacement.olds().stream()
        .flatMap(
            column ->
                replacement.table().family().stream()
                    .flatMap(
                        table ->
                            table.triggers().stream()
                                .filter(trigger -> names(trigger, column))
                                .map(trigger -> hazard(table, column, trigger))))
        .toList();
  }

  private static boolean names(Trigger trigger, OldColumn column) {
    return Pattern.compile(
            "(?<![\\w$])" + Pattern.quote(column.name().value()) + "(?![\\w$])",
            Pattern.CASE_INSENSITIVE)
        .matcher(trigger.source())
        .find();
  }

  private static Hazard hazard(Table table, OldColumn column, Trigger trigger) {
    return DANGER.at(
        Weight.of(table),
        table.name() + "." + trigger.name(),
        "the function of trigger %s has %s in its text: after retire that name means the new column or nothing"
            .formatted(trigger.name(), column.name()),
        "Write a function that copes with both before retire.");
  }
}
