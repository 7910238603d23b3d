package dev.gatefold.backfill;

import dev.gatefold.backfill.fence.BatchFence;
import dev.gatefold.backfill.lease.RangeLedger;

/** Where a worker gets its rows, and the leave to write them. Immutable and thread-safe. */
public record Desk(RangeLedger ledger, BatchFence fence) {}
