package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.AddColumn;
import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.draft.AddedColumn;
import dev.gatefold.planner.draft.Generation;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.operation.TableChecks;
import dev.gatefold.planner.operation.TriggerChoice.Writes;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Schema.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Why a column cannot be added beside traffic. */
final class NewColumnChecks {

  private static final Set<String> NUMBERS = Set.of("smallint", "integer", "bigint");

  private final Server server;
  private final BackfillSettings backfill;
  private final TableWork work;
  private final AddColumn operation;
  private final AddedColumn added;

  NewColumnChecks(Site site, TableWork work, AddColumn operation, AddedColumn added) {
    this.server = site.schema().server();
    this.backfill = site.whole().backfill();
    this.work = work;
    this.operation = operation;
    this.added = added;
  }

  List<Reason> reasons() {
    List<Reason> reasons = new ArrayList<>();
    Stream.of(generated(), domain(), valueless(), identity(), readsGenerated())
        .forEach(reason -> reason.ifPresent(reasons::add));
    if (operation.column().numbered().isPresent()) {
      reasons.addAll(TableChecks.ofMaking(work.table()));
    }
    if (operation.column().up().isPresent()
        || operation.column().numbered().isPresent()
        || added.rewrites()) {
      reasons.addAll(TableChecks.ofRows(work.table(), Writes.NEW_COLUMNS, backfill, server));
    }
    return reasons;
  }

  private Optional<Reason> generated() {
    Optional<Generation> generation = operation.column().generated();
    if (generation.isEmpty() || added.tableIsEmpty()) {
      return Optional.empty();
    }
    if (added.rewrites()) {
      return because(
          "generated-rewrites",
          "PostgreSQL writes the whole table anew, under a lock that stops reads and writes, to"
              + " store a generated column",
          "Add a plain column with \"up\": it is filled beside traffic"
              + (server.version() >= 18 ? "; or let it be virtual." : "."));
    }
    return operation.nullable()
        ? Optional.empty()
        : because(
            "generated-not-null",
            "PostgreSQL would compute the column for every row, under a lock that stops reads and"
                + " writes, to see that none is NULL",
            "Let it be nullable.");
  }

  /** Its values are checked, and there is no way to add it with the check put off. */
  private Optional<Reason> domain() {
    return added.constrained() && added.rewrites() && !added.tableIsEmpty()
        ? because(
            "constrained-domain",
            "PostgreSQL writes the whole table anew, under a lock that stops reads and writes, to"
                + " add a column of a domain with constraints or a default",
            "Give the column the domain's base type, and its constraints by \"check\".")
        : Optional.empty();
  }

  private Optional<Reason> valueless() {
    boolean given =
        operation.nullable()
            || operation.column().generated().isPresent()
            || operation.column().numbered().isPresent()
            || operation.column().up().isPresent()
            || added.tableIsEmpty();
    return given || added.filled() || added.rewrites()
        ? Optional.empty()
        : because(
            "no-value",
            "the rows that are there would have no value in a column that refuses NULL",
            "Say with \"default\" or \"up\" what they get.");
  }

  private Optional<Reason> identity() {
    if (operation.identity().isEmpty()) {
      return Optional.empty();
    }
    if (!NUMBERS.contains(added.type())) {
      return because(
          "identity-type",
          "an identity is a smallint, integer or bigint",
          "Let \"type\" be one of these.");
    }
    return work.partitioned() && server.version() < 17
        ? because(
            "partitioned-identity",
            "partitions have no identity before PostgreSQL 17",
            "Let \"default\" be nextval of a sequence.")
        : Optional.empty();
  }

  private Optional<Reason> readsGenerated() {
    List<Identifier> generated =
        operation.column().up().isEmpty()
            ? List.of()
            : work.table().columns().stream()
                .filter(Column::generated)
                .map(Column::name)
                .filter(added.reads()::contains)
                .toList();
    return generated.isEmpty()
        ? Optional.empty()
        : because(
            "reads-generated",
            "\"up\" reads %s, which is generated and has no value yet when a row is written"
                .formatted(generated.get(0)),
            "Let it read the columns that this one is generated from.");
  }

  private Optional<Reason> because(String code, String message, String cure) {
    return Optional.of(new Reason(code, work.label(operation.column().name()), message, cure));
  }
}
