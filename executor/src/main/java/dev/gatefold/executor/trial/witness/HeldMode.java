package dev.gatefold.executor.trial.witness;

import dev.gatefold.planner.plan.LockMode;
import java.util.Locale;

/** All modes in which PostgreSQL locks a relation, weakest first. */
public enum HeldMode {
  /** None was seen. */
  NONE,
  ACCESS_SHARE,
  ROW_SHARE,
  ROW_EXCLUSIVE,
  SHARE_UPDATE_EXCLUSIVE,
  SHARE,
  SHARE_ROW_EXCLUSIVE,
  EXCLUSIVE,
  ACCESS_EXCLUSIVE;

  /** Reads a word of {@code pg_locks}, such as {@code ShareUpdateExclusiveLock}. */
  static HeldMode of(String word) {
    return valueOf(
        word.replaceFirst("Lock$", "")
            .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
            .toUpperCase(Locale.ROOT));
  }

  public static HeldMode of(LockMode mode) {
    return valueOf(mode.name());
  }

  /** The stronger one. */
  HeldMode or(HeldMode other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** Whether others meet more than they do by ordinary reading and writing. */
  public boolean isStrong() {
    return compareTo(SHARE_UPDATE_EXCLUSIVE) >= 0;
  }

  /** Whether an application's write has to wait for it. */
  public boolean blocksWrites() {
    return compareTo(SHARE) >= 0;
  }

  /** In the words of LOCK TABLE. */
  @Override
  public String toString() {
    return name().replace('_', ' ');
  }
}
