package dev.gatefold.executor.faults.client;

import dev.gatefold.executor.faults.client.Sql.Bound;
import dev.gatefold.executor.faults.history.Write;

/**
 * One statement of a transaction.
 *
 * @param style how the application puts it
 */
record Step(Style style, Write write) {

  enum Style {
    INSERT,
    UPSERT,
    UPDATE,
    /** Of a row that all clients write, after SELECT FOR UPDATE or without; the server counts. */
    UPDATE_SHARED,
    DELETE,
    MOVE,
    /** Both shapes at once, and they disagree. */
    CONTRADICTION,
    /** A new value that has no old one. */
    WAYLESS
  }

  boolean counted() {
    return style == Style.UPDATE_SHARED;
  }

  /** Whether the server may refuse it, with an SQLSTATE of Gatefold's. */
  boolean mayBeRefused(String state) {
    return switch (style) {
      case CONTRADICTION -> state.equals("GF003");
      case WAYLESS -> state.equals("GF004");
      case INSERT, UPSERT, UPDATE, UPDATE_SHARED, DELETE, MOVE -> false;
    };
  }

  Bound bound(Sql sql, long txn) {
    return switch (style) {
      case INSERT -> sql.put(write, txn, false);
      case UPSERT -> sql.put(write, txn, true);
      case UPDATE, CONTRADICTION, WAYLESS, UPDATE_SHARED -> sql.change(write, txn, counted());
      case DELETE -> sql.delete(write, txn);
      case MOVE -> sql.move(write, txn);
    };
  }
}
