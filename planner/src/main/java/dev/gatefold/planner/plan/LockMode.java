package dev.gatefold.planner.plan;

/** Table locks that a step takes, weakest first; the words are PostgreSQL's. */
public enum LockMode {
  /** Readers' lock. */
  ACCESS_SHARE,
  /** What SELECT FOR UPDATE takes. */
  ROW_SHARE,
  /** What UPDATE takes: it blocks no other reader or writer of the table. */
  ROW_EXCLUSIVE,
  /** Blocks neither reads nor writes, only other maintenance. */
  SHARE_UPDATE_EXCLUSIVE,
  /** Blocks writes, and lets others take it too. */
  SHARE,
  /** Blocks writes. */
  SHARE_ROW_EXCLUSIVE,
  /** Blocks writes, and reads that lock rows. */
  EXCLUSIVE,
  /** Blocks reads and writes. */
  ACCESS_EXCLUSIVE;

  /** The mode in the words of LOCK TABLE. */
  public String sql() {
    return name().replace('_', ' ');
  }

  /** Whether an application's write can wait for it. */
  public boolean blocksWrites() {
    return compareTo(SHARE) >= 0;
  }
}
