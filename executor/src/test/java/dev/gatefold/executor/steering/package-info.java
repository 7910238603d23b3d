/** A backfill that is steered while it runs, and what it says of itself. */
@NullMarked
package dev.gatefold.executor.steering;

import org.jspecify.annotations.NullMarked;
