package dev.gatefold.backfill.fence;

import dev.gatefold.backfill.session.BoundStatement;

/**
 * Asks, in the very message that writes a batch, whether it may be written.
 *
 * <p>The statement must lock the owner's record (FOR SHARE) and fail where the batch may not be
 * written: with {@link #PAUSED} or {@link #LOST} and a reason in words. The failure takes the rows
 * back, with no second message that could come too late.
 */
@FunctionalInterface
public interface BatchFence {

  /** Somebody asked for a pause; the worker is still welcome. */
  String PAUSED = "GF102";

  /** The rows are no longer for workers of this backfill. */
  String LOST = "GF103";

  /** The statement; any result of it is dropped. */
  BoundStatement statement();
}
