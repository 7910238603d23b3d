package dev.gatefold.planner.plan;

/** How the sync treats a write. Each change of mode happens while no writer is under way. */
public enum SyncMode {
  /**
   * One way, old to new, from expand to the end of the backfill; a value without an image stays
   * NULL.
   */
  FILL,
  /** One way; a write that cannot be mapped is refused. */
  STRICT,
  /** Both ways, until drop. */
  BOTH
}
