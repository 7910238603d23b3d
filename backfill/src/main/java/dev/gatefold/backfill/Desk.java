package dev.gatefold.backfill;

import dev.gatefold.backfill.fence.BatchFence;
import dev.gatefold.backfill.lease.RangeLedger;
import java.util.Optional;

/**
 * Where a worker gets its rows, and the leave to write them. Immutable and thread-safe.
 *
 * @param keeper writes down rows that cannot be converted; without one the backfill stops at them,
 *     whatever its settings say
 */
public record Desk(RangeLedger ledger, BatchFence fence, Optional<RowKeeper> keeper) {

  public Desk(RangeLedger ledger, BatchFence fence) {
    this(ledger, fence, Optional.empty());
  }
}
