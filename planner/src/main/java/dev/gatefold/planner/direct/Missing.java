package dev.gatefold.planner.direct;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.Refusal.Reason;
import java.util.List;

/** Operations on what does not exist. */
final class Missing {

  private Missing() {}

  static Planned table(TableName table) {
    return refused(
        "no-table",
        table.toString(),
        "there is no such table",
        "Check the name, its schema (default: public) and its case.");
  }

  static Planned column(TableName table, Identifier column) {
    return refused(
        "no-column",
        table + "." + column,
        "the table has no such column",
        "Check the name and its case; quoted names keep theirs.");
  }

  static Planned constraint(TableName table, Identifier constraint) {
    return refused(
        "no-constraint",
        table + "." + constraint,
        "the table has no such constraint",
        "Check the name and its case; quoted names keep theirs.");
  }

  static Planned index(TableName table, Identifier index) {
    return refused(
        "no-index",
        table + "." + index,
        "the table has no such index",
        "Check the name and its case; quoted names keep theirs.");
  }

  private static Planned refused(String code, String object, String message, String cure) {
    return new Planned.Refused(List.of(new Reason(code, object, message, cure)));
  }
}
