/**
 * Copies existing rows to their new shape in small, checked, resumable batches: {@link
 * dev.gatefold.backfill.Backfill} runs one table from its first key to the last key that was there
 * when it began. Fence, rows and checkpoint are one transaction, so that a crash at any instant
 * leaves a state from which the next run simply goes on.
 */
@NullMarked
package dev.gatefold.backfill;

import org.jspecify.annotations.NullMarked;
