package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.dialect.SyncSpec.Group;
import dev.gatefold.planner.name.Literal;

/**
 * How the sync refuses a write. The class GF of SQLSTATE is nobody else's, so that an application
 * and its operators can tell these errors from all others.
 */
enum Refusals {
  /** The old value has no image. */
  NO_NEW_VALUE(
      "GF001",
      "this value of %s has no place in its new shape",
      "Write a value that the mapping of the change can convert."),
  /** The new column is written before both ways are open. */
  NOT_OPEN(
      "GF002",
      "the new shape of %s is not open for writes yet",
      "Write the old column until the change is backfilled, or write both alike."),
  /** Old and new value were both written, and differ. */
  DISAGREE(
      "GF003",
      "old and new value of %s disagree",
      "Write one of the two columns, or write both so that one is the image of the other."),
  /** The new value has no way back. */
  NO_OLD_VALUE(
      "GF004",
      "this value of %s has no place in its old shape, which still has to be kept",
      "Write a value that the mapping can convert back, or wait until the change is completed.");

  private final String sqlState;
  private final String message;
  private final String hint;

  Refusals(String sqlState, String message, String hint) {
    this.sqlState = sqlState;
    this.message = message;
    this.hint = hint;
  }

  /** The statement that refuses; the server's own words about the value, if any, are the detail. */
  String raise(SyncSpec sync, Group group) {
    return raise(sync, group, insideHandler() ? "SQLERRM" : literal("The row was not written."));
  }

  /** The same outside a handler, with other words for the detail. */
  String because(SyncSpec sync, Group group, String detail) {
    return raise(sync, group, literal(detail));
  }

  private String raise(SyncSpec sync, Group group, String detail) {
    return """
    RAISE EXCEPTION USING
      ERRCODE = '%s', MESSAGE = %s,
      DETAIL = %s,
      HINT = %s, SCHEMA = %s, TABLE = %s, COLUMN = %s;"""
        .formatted(
            sqlState,
            literal("change " + sync.change() + ": " + message.formatted(group.label())),
            detail,
            literal(hint),
            literal(sync.table().schema().value()),
            literal(sync.table().name().value()),
            literal(group.news().get(0).side().name().value()));
  }

  private static String literal(String text) {
    return Row.verbatim(Literal.of(text));
  }

  /** Whether the refusal answers an error of the mapping itself. */
  private boolean insideHandler() {
    return this == NO_NEW_VALUE || this == NO_OLD_VALUE;
  }
}
