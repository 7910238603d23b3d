/**
 * How far a backfill is. A checkpoint commits together with the rows of its batch; after a crash it
 * is exactly as far as they are.
 */
@NullMarked
package dev.gatefold.backfill.checkpoint;

import org.jspecify.annotations.NullMarked;
