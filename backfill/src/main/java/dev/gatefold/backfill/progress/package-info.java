/**
 * How far a pass over a table is, how fast and for how long still. Numbers that are not known are
 * empty rather than guessed.
 */
@NullMarked
package dev.gatefold.backfill.progress;

import org.jspecify.annotations.NullMarked;
