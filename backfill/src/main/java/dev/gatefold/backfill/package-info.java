/**
 * Copies existing rows to their new shape in small, checked, resumable batches: {@link
 * dev.gatefold.backfill.Backfill} runs one table from its first row to the last one that was there
 * when it began. Fence, rows and the word how far they are lie in one transaction, so that a crash
 * at any instant leaves a state from which the next worker simply goes on.
 */
@NullMarked
package dev.gatefold.backfill;

import org.jspecify.annotations.NullMarked;
