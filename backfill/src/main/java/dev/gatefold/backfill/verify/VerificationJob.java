package dev.gatefold.backfill.verify;

import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.SyncMode;
import java.util.OptionalLong;

/**
 * The verification of one table. Immutable and thread-safe.
 *
 * @param mode the mode of the sync during the pass
 * @param keepNew the sync has been two-way at some time, so that rows of a new application may
 *     stand whose old shape is the image of the new one
 * @param rowsEstimate rows of the table; empty where the server never counted
 */
public record VerificationJob(
    RowMapping rows, SyncMode mode, boolean keepNew, OptionalLong rowsEstimate) {

  /** Whether a row is right, too, where the old shape is the image of the new one. */
  boolean eitherWay() {
    return keepNew || mode == SyncMode.BOTH;
  }
}
