package dev.gatefold.planner.operation;

import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.operation.TriggerChoice.Writes;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Schema.Server;
import dev.gatefold.planner.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reasons that lie in the table or the column itself, whatever is to be done with it. */
public final class TableChecks {

  private static final Set<String> SYSTEM_COLUMNS =
      Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

  private static final String ORDINARY_CURE =
      "Name an ordinary or a partitioned table; this version changes no other.";

  private TableChecks() {}

  static List<Reason> reasons(Target target) {
    List<Reason> reasons = new ArrayList<>(ofTable(target.table()));
    Stream.of(generated(target.table(), target.column()), identity(target), nameTaken(target))
        .forEach(reason -> reason.ifPresent(reasons::add));
    reasons.addAll(PartitionChecks.always(target.table(), target.column()));
    return reasons;
  }

  /** Why nothing at all is changed in a table. */
  public static List<Reason> ofTable(Table table) {
    return Stream.of(system(table), kind(table), RightsChecks.owner(table))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Why its rows cannot be filled beside traffic. */
  public static List<Reason> ofRows(
      Table table, Writes writes, BackfillSettings backfill, Server server) {
    return Stream.concat(
            ofWrites(table, writes, backfill, server).stream(),
            CarryChecks.laterTriggers(table).stream())
        .toList();
  }

  /** Why not all of its rows can be written where nothing is kept in step meanwhile. */
  public static List<Reason> ofWrites(
      Table table, Writes writes, BackfillSettings backfill, Server server) {
    return Stream.of(
            RightsChecks.rowSecurity(table),
            CarryChecks.identity(table),
            TriggerChoice.of(table, writes).objection(backfill, server.skipsUserTriggers()))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Why nothing can be made beside it of its rows, a sequence or a copy: all of them are read. */
  public static List<Reason> ofMaking(Table table) {
    return Stream.of(RightsChecks.rowSecurity(table), RightsChecks.schemaClosed(table))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Whether every table has a system column of that name. */
  public static boolean isSystemColumn(Identifier name) {
    return SYSTEM_COLUMNS.contains(name.value());
  }

  private static Optional<Reason> kind(Table table) {
    return switch (table.kind()) {
      case ORDINARY, PARTITIONED -> Optional.empty();
      case PARTITION ->
          refuse(
              table,
              "partition",
              "it is a partition, whose columns change with those of the table that it belongs to",
              table
                  .partitioning()
                  .above()
                  .map(above -> "Name %s instead.".formatted(above))
                  .orElse(ORDINARY_CURE));
      case INHERITED ->
          refuse(
              table,
              "inherited",
              table
                      .partitioning()
                      .above()
                      .map("it inherits from %s"::formatted)
                      .orElse("other tables inherit from it")
                  + "; triggers and unique indexes do not go down such a tree",
              "Make an ordinary or a partitioned table of it.");
      case VIEW -> refuse(table, "not-a-table", "it is a view", ORDINARY_CURE);
      case FOREIGN -> refuse(table, "not-a-table", "it is a foreign table", ORDINARY_CURE);
      case OTHER -> refuse(table, "not-a-table", "it is not an ordinary table", ORDINARY_CURE);
    };
  }

  private static Optional<Reason> refuse(Table table, String code, String what, String cure) {
    return Optional.of(new Reason(code, table.name().toString(), what, cure));
  }

  public static Optional<Reason> generated(Table table, Column column) {
    return column.generated()
        ? Optional.of(
            new Reason(
                "generated-column",
                table.name() + "." + column.name(),
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
  private static Optional<Reason> system(Table table) {
    String schema = table.name().schema().value();
    return schema.equals("gatefold")
            || schema.equals("information_schema")
            || schema.startsWith("pg_")
        ? Optional.of(
            new Reason(
                "system-table",
                table.name().toString(),
                "the table belongs to the server or to Gatefold itself",
                "Name a table of your own."))
        : Optional.empty();
  }

  private static Optional<Reason> nameTaken(Target target) {
    return target.operation().finalName().equals(target.column().name())
        ? Optional.empty()
        : nameTaken(
            target.table(), target.operation().finalName(), "Choose another name after \"to\".");
  }

  /** A name for a new column. */
  public static Optional<Reason> nameTaken(Table table, Identifier name, String cure) {
    Optional<String> why =
        isSystemColumn(name)
            ? Optional.of("every table has a system column of that name")
            : table.column(name).map(column -> "the table has a column of that name already");
    return why.map(words -> new Reason("name-taken", table.name() + "." + name, words, cure));
  }
}
