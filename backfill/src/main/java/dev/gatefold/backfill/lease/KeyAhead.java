package dev.gatefold.backfill.lease;

import dev.gatefold.backfill.range.KeyRange;

/**
 * What may be claimed next along a key, found before anything was locked: to skip so many keys
 * takes as long as a batch, and nobody shall wait for that. Immutable and thread-safe.
 *
 * @param part as it was; where its frontier is another one by now, somebody else was faster
 */
public record KeyAhead(Part part, KeyRange range) {}
