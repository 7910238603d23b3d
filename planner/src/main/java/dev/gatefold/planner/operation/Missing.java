package dev.gatefold.planner.operation;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Refusal.Reason;
import java.util.List;

/** Operations on what does not exist. */
public final class Missing {

  private Missing() {}

  public static Planned table(TableName table) {
    return refused(
        "no-table",
        table.toString(),
        "there is no such table",
        "Check the name, its schema (default: public) and its case.");
  }

  public static Planned column(TableName table, Identifier column) {
    return of(table, column, "column");
  }

  public static Planned constraint(TableName table, Identifier constraint) {
    return of(table, constraint, "constraint");
  }

  public static Planned index(TableName table, Identifier index) {
    return of(table, index, "index");
  }

  private static Planned of(TableName table, Identifier name, String kind) {
    return refused(
        "no-" + kind,
        table + "." + name,
        "the table has no such " + kind,
        "Check the name and its case; quoted names keep theirs.");
  }

  private static Planned refused(String code, String object, String message, String cure) {
    return new Planned.Refused(List.of(new Reason(code, object, message, cure)));
  }
}
