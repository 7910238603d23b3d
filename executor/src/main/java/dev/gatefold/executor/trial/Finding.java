package dev.gatefold.executor.trial;

/**
 * Something that is not as it should be.
 *
 * @param where the stage, and the step where it is about one
 */
public record Finding(Kind kind, String where, String message) {

  /** What it is about, the worst last. */
  public enum Kind {
    /** A lock, a rewrite or a scan that the plan does not declare. */
    LOCKS,
    /** The catalog is not what it was, or something of Gatefold's is left in it. */
    CATALOG,
    /** A statement of an application failed. */
    CLIENTS,
    /** A stage did not reach its end. */
    STOPPED,
    /** Rows are not what they were, or old and new shape do not agree. */
    ROWS
  }
}
