package dev.gatefold.planner.change;

/** What keeps the two shapes of a column in step while both live. */
public enum SyncKind {
  /** Triggers: within the transaction that writes, both ways. */
  TRIGGER,
  /** A change feed from the server's log: a moment later, and one way at a time. */
  CDC
}
