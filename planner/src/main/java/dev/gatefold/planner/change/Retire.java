package dev.gatefold.planner.change;

/**
 * How the stage {@code retire} puts an old column out of reach. Both ways are taken back at once.
 */
public enum Retire {
  /** It gets a hidden name: nobody finds it any more. */
  RENAME,
  /** It keeps its name, and nobody but the owner may use it any more. */
  REVOKE
}
