package dev.gatefold.planner.operation;

import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reasons that lie in the table or the column itself, whatever is to be done with it. */
final class TableChecks {

  private static final Set<String> SYSTEM_COLUMNS =
      Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

  private TableChecks() {}

  static List<Reason> reasons(Target target) {
    List<Reason> reasons = new ArrayList<>();
    Stream.of(
            system(target),
            kind(target),
            owner(target),
            generated(target),
            identity(target),
            nameTaken(target))
        .forEach(reason -> reason.ifPresent(reasons::add));
    return reasons;
  }

  private static Optional<Reason> kind(Target target) {
    Table table = target.table();
    return switch (table.kind()) {
      case ORDINARY -> Optional.empty();
      case PARTITIONED, PARTITION ->
          refuse(target, "partitioned", "it is a partitioned table or one of its partitions");
      case INHERITED -> refuse(target, "inherited", "it is part of an inheritance tree");
      case VIEW -> refuse(target, "not-a-table", "it is a view");
      case FOREIGN -> refuse(target, "not-a-table", "it is a foreign table");
      case OTHER -> refuse(target, "not-a-table", "it is not an ordinary table");
    };
  }

  private static Optional<Reason> refuse(Target target, String code, String what) {
    return Optional.of(
        new Reason(
            code,
            target.table().name().toString(),
            what,
            "Name an ordinary table; this version changes no other."));
  }

  private static Optional<Reason> owner(Target target) {
    return target.table().owned()
        ? Optional.empty()
        : Optional.of(
            new Reason(
                "not-owner",
                target.table().name().toString(),
                "the connected role does not own the table",
                "Connect as its owner, or grant the owner's role to the connected one."));
  }

  private static Optional<Reason> generated(Target target) {
    return target.column().generated()
        ? Optional.of(
            new Reason(
                "generated-column",
                target.label(),
                "the column is generated from others and cannot be written",
                "Change the columns that it is generated from."))
        : Optional.empty();
  }

  private static Optional<Reason> identity(Target target) {
    boolean contradicts =
        target.operation().wanted().nullable().orElse(false)
            || target.operation().wanted().defaultValue().isPresent();
    return target.column().identity().isPresent() && contradicts
        ? Optional.of(
            new Reason(
                "identity-column",
                target.label(),
                "an identity column is never NULL and has no default",
                "Leave out \"nullable\" and \"default\", or drop the identity before."))
        : Optional.empty();
  }

  /** The server's own tables, and Gatefold's: a change of its state would end all changes. */
  private static Optional<Reason> system(Target target) {
    String schema = target.table().name().schema().value();
    return schema.equals("gatefold")
            || schema.equals("information_schema")
            || schema.startsWith("pg_")
        ? Optional.of(
            new Reason(
                "system-table",
                target.table().name().toString(),
                "the table belongs to the server or to Gatefold itself",
                "Name a table of your own."))
        : Optional.empty();
  }

  private static Optional<Reason> nameTaken(Target target) {
    if (SYSTEM_COLUMNS.contains(target.operation().finalName().value())) {
      return Optional.of(
          new Reason(
              "name-taken",
              target.table().name() + "." + target.operation().finalName(),
              "every table has a system column of that name",
              "Choose another name after \"to\"."));
    }
    Optional<Column> taken =
        target
            .table()
            .column(target.operation().finalName())
            .filter(column -> column.attnum() != target.column().attnum());
    return taken.map(
        column ->
            new Reason(
                "name-taken",
                target.table().name() + "." + column.name(),
                "the table has a column of that name already",
                "Choose another name after \"to\"."));
  }
}
