package dev.gatefold.planner.standalone;

import dev.gatefold.planner.change.StandaloneBackfill;
import dev.gatefold.planner.change.StandaloneBackfill.Assignment;
import dev.gatefold.planner.change.StandaloneBackfill.MovedRows;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.StandalonePlan.Looks;
import dev.gatefold.planner.schema.StandaloneProbe;
import dev.gatefold.planner.schema.StandaloneProbe.Value;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of rows that an application moves from before the walk to behind it. They can be
 * found later by what they lack, if a row that has its values can never seem to lack them: a count
 * that goes up by one would go up by two.
 */
final class Moved {

  private final StandaloneBackfill backfill;
  private final StandaloneProbe seen;
  private final List<Identifier> changing;

  /** {@code changing} are triggers that fire and may change what is written. */
  Moved(StandaloneBackfill backfill, StandaloneProbe seen, List<Identifier> changing) {
    this.backfill = backfill;
    this.seen = seen;
    this.changing = changing;
  }

  Looks looks() {
    return backfill.movedRows().equals(Optional.of(MovedRows.LEAVE))
        ? Looks.none("the file says so")
        : hindrance().map(Looks::none).orElseGet(Looks::some);
  }

  /** Why nobody can tell which rows still need their values; empty where one can. */
  Optional<String> hindrance() {
    return backfill.set().stream()
        .flatMap(assignment -> ofValue(assignment).stream())
        .findFirst()
        .or(this::ofWhere)
        .or(this::ofTriggers);
  }

  private Optional<String> ofValue(Assignment assignment) {
    String column = assignment.column().toString();
    Optional<Value> value =
        Optional.ofNullable(seen.values().get(assignment.column()))
            .flatMap(it -> it.match(Optional::of, rejected -> Optional.<Value>empty()));
    return value
        .filter(it -> !it.steady())
        .map(it -> "the value of " + column + " differs from call to call")
        .or(
            () ->
                value
                    .filter(it -> !it.apart())
                    .map(
                        it ->
                            "the value of "
                                + column
                                + " may depend on what is set, or on the time"));
  }

  private Optional<String> ofWhere() {
    return seen.where()
        .flatMap(it -> it.match(Optional::of, rejected -> Optional.<Value>empty()))
        .filter(it -> !it.steady() || !it.apart())
        .map(it -> "\"where\" may mean other rows from call to call");
  }

  private Optional<String> ofTriggers() {
    return changing.stream()
        .findFirst()
        .map(trigger -> "the trigger " + trigger + " may change what is written");
  }
}
