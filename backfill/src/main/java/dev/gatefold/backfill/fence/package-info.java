/**
 * Who may go on. Every batch asks the owner's record inside its own transaction, so that a pause, a
 * change of mode or a new owner is seen before anything is written and cannot slip in between.
 */
@NullMarked
package dev.gatefold.backfill.fence;

import org.jspecify.annotations.NullMarked;
