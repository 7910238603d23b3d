/** Measures signals beside the work, in a thread and on a connection of their own. */
@NullMarked
package dev.gatefold.backfill.throttle.watch;

import org.jspecify.annotations.NullMarked;
