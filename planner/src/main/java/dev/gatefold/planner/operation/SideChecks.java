package dev.gatefold.planner.operation;

import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.ExtendedStatistics;
import dev.gatefold.planner.schema.Publication;
import dev.gatefold.planner.schema.TableProbe.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reasons in what watches a column without being part of its table: statistics, publications. */
final class SideChecks {

  private SideChecks() {}

  static List<Reason> reasons(Target target) {
    List<Reason> reasons = new ArrayList<>();
    target.table().statistics().stream()
        .filter(statistics -> target.touches(statistics.columns()))
        .forEach(statistics -> statistics(target, statistics).ifPresent(reasons::add));
    published(target)
        .forEach(publication -> publication(target, publication).ifPresent(reasons::add));
    return reasons;
  }

  /** Publications keep the server from changing the type of a column that they name. */
  static List<Reason> inPlace(Target target) {
    return published(target).stream()
        .map(
            publication ->
                CarryChecks.notCarried(
                    target, "publication " + publication.name() + " names the column"))
        .toList();
  }

  private static List<Publication> published(Target target) {
    return target.table().publications().stream()
        .filter(publication -> target.touches(publication.columns()))
        .toList();
  }

  private static Optional<Reason> statistics(Target target, ExtendedStatistics statistics) {
    return statistics.manageable()
        ? CarryChecks.rejected(
            target, "statistics " + statistics.name(), ObjectKind.STATISTICS, statistics.probe())
        : Optional.of(
            notOwner(
                "statistics " + statistics.name(),
                "the connected role does not own them, or may not create in their schema"));
  }

  private static Optional<Reason> publication(Target target, Publication publication) {
    String what = "publication " + publication.name();
    if (!publication.owned()) {
      return Optional.of(
          notOwner(
              what,
              "it names the column %s, and the connected role does not own it"
                  .formatted(target.label())));
    }
    if (!publication.filtered()) {
      return Optional.empty();
    }
    return MappingChecks.acceptedType(target)
        .filter(SideChecks::ofUsers)
        .map(
            type ->
                CarryChecks.notCarried(
                    target,
                    "%s has a row filter, which cannot read the type %s"
                        .formatted(what, type.sql())))
        .or(() -> CarryChecks.rejected(target, what, ObjectKind.ROW_FILTER, publication.name()));
  }

  /** Types of the server's own are printed without a schema. */
  private static boolean ofUsers(ColumnType type) {
    return type.base().contains(".");
  }

  private static Reason notOwner(String object, String why) {
    return new Reason(
        "not-owner",
        object,
        object + " has to follow the column, but " + why,
        "Connect as its owner, or grant the owner's role to the connected one.");
  }
}
