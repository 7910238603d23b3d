package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.range.KeySql;
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
 * @param nameAll whether somebody wants the key of each row that differs, not just of the first
 */
public record VerificationJob(
    RowMapping rows, SyncMode mode, boolean keepNew, OptionalLong rowsEstimate, boolean nameAll) {

  public VerificationJob(
      RowMapping rows, SyncMode mode, boolean keepNew, OptionalLong rowsEstimate) {
    this(rows, mode, keepNew, rowsEstimate, false);
  }

  /** The same for somebody who wants the key of each row that differs. */
  VerificationJob namingAll() {
    return new VerificationJob(rows, mode, keepNew, rowsEstimate, true);
  }

  /**
   * The comparison itself as text: passes over the same table with the same text and the same mode
   * looked at the rows in the same way.
   */
  public String comparison() {
    KeySql key = new KeySql(rows);
    return "%d, %s, by %s: %s"
        .formatted(rows.oid(), rows.table(), key.ascending(), new RightSql(this).wrong());
  }

  /** Whether a row is right, too, where the old shape is the image of the new one. */
  boolean eitherWay() {
    return keepNew || mode == SyncMode.BOTH;
  }
}
