package dev.gatefold.executor.faults.history;

/** Something that must never be. */
public record Violation(Kind kind, long key, String text) {

  /** The three ways in which data goes wrong. */
  public enum Kind {
    /** An acknowledged write is not there. */
    LOST,
    /** What was never committed, deleted, or seen to be overwritten is there. */
    RESURRECTED,
    /** The two shapes of a row disagree, or it holds what nobody wrote. */
    TORN
  }

  @Override
  public String toString() {
    return "%s: row %d: %s".formatted(kind, key, text);
  }
}
