package dev.gatefold.planner.operation;

import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.Table.Trait;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reasons in what the connected role may not do: better said now than in the middle of a stage. */
final class RightsChecks {

  private RightsChecks() {}

  /** Nothing at all is done to a table without its owner's rights. */
  static Optional<Reason> owner(Table table) {
    if (table.owned()) {
      return Optional.empty();
    }
    return Optional.of(
        table.traits().contains(Trait.MEMBER_ONLY)
            ? reason(
                "not-owner",
                table,
                "the connected role is a member of the table's owner but does not inherit its"
                    + " rights",
                "Become the owner in the URL (?options=-c%20role=OWNER), or let the role inherit:"
                    + " GRANT owner TO role WITH INHERIT TRUE (PostgreSQL 16 on), ALTER ROLE role"
                    + " INHERIT (before).")
            : reason(
                "not-owner",
                table,
                "the connected role does not own the table",
                "Connect as its owner, or grant the owner's role to the connected one."));
  }

  /** What a change needs besides that copies rows and builds anew what hangs on a column. */
  static List<Reason> toCopy(Target target) {
    return Stream.of(rowSecurity(target.table()), schema(target))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Rows that a policy hides would be neither filled nor compared; we let it fail instead. */
  static Optional<Reason> rowSecurity(Table table) {
    return table.traits().contains(Trait.POLICIES_APPLY)
        ? Optional.of(
            reason(
                "row-security",
                table,
                "row-level security is forced and binds the connected role: it would hide rows from"
                    + " backfill and verification",
                "Have the DBA run ALTER ROLE ... BYPASSRLS for this role, or ALTER TABLE ... NO"
                    + " FORCE ROW LEVEL SECURITY while the change lasts."))
        : Optional.empty();
  }

  /**
   * An index and an identity's sequence are objects of their own, even where one owns the table.
   */
  private static Optional<Reason> schema(Target target) {
    Table table = target.table();
    boolean makes =
        target.column().identity().isPresent()
            || table.indexes().stream().anyMatch(index -> target.touches(index.columns()));
    return makes ? schemaClosed(table) : Optional.empty();
  }

  /** Whatever is made beside the table. */
  static Optional<Reason> schemaClosed(Table table) {
    return table.traits().contains(Trait.SCHEMA_CLOSED)
        ? Optional.of(
            reason(
                "schema-closed",
                table,
                "the connected role lacks CREATE on schema %s, in which an index or a sequence has to be made"
                    .formatted(table.name().schema()),
                "Have the DBA run GRANT CREATE ON SCHEMA %s to this role or to the table's owner."
                    .formatted(table.name().schema())))
        : Optional.empty();
  }

  private static Reason reason(String code, Table table, String message, String cure) {
    return new Reason(code, table.name().toString(), message, cure);
  }
}
