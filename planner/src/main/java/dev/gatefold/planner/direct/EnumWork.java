package dev.gatefold.planner.direct;

import dev.gatefold.planner.dialect.Enums;
import dev.gatefold.planner.draft.EnumType;
import dev.gatefold.planner.draft.KnownEnum;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Plan.Claim;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Steps on one enum. They lock no table: a step is brief because the type alone is locked. */
record EnumWork(Site site, TableName name) {

  /** Plans with the enum as the server knows it, or says why it cannot be changed. */
  Planned with(Function<EnumType, Planned> planner) {
    return site.answer(new KnownEnum(name))
        .match(
            known ->
                known.owned()
                    ? planner.apply(known)
                    : Refused.because(
                        "not-owner",
                        name.toString(),
                        "the connected role does not own the type",
                        "Connect as its owner, or grant the owner's role to the connected one."),
            rejected ->
                Refused.because(
                    "no-enum",
                    name.toString(),
                    "there is no such enum",
                    "Check the name, its schema (default: public) and its case."));
  }

  Enums sql() {
    return site.dialect().enums();
  }

  /** Types have no table: their names stand for themselves. */
  Claim claim() {
    return new Claim(name, 0, name.name(), false);
  }

  /** A value in the words of messages. */
  String label(String value) {
    return name + " '" + value + "'";
  }

  Optional<Planned> missing(EnumType known, String value) {
    return known.values().contains(value)
        ? Optional.empty()
        : Optional.of(
            Refused.because(
                "no-enum-value",
                label(value),
                "the enum has no such value; it has " + String.join(", ", known.values()),
                "Check the spelling: values are case-sensitive."));
  }

  Optional<Planned> taken(EnumType known, String value) {
    return known.values().contains(value)
        ? Optional.of(
            Refused.because(
                "enum-value-taken",
                label(value),
                "the enum has that value already",
                "Take the operation out of the file, or choose another value."))
        : Optional.empty();
  }

  /** A step that asks for nothing but that the type is the one that is meant. */
  Step brief(EnumType known, String id, String kind, String sql, Undo undo) {
    return brief(id, kind, sql, List.of(sql().typeIs(name, known.oid())), undo);
  }

  Step brief(String id, String kind, String sql, List<Check> preconditions, Undo undo) {
    return new Step.BriefDdl(
        id,
        kind,
        List.of(sql),
        LockMode.ACCESS_SHARE,
        List.of(),
        preconditions,
        Optional.empty(),
        undo);
  }
}
