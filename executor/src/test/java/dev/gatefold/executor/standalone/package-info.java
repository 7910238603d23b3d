/** Backfills of their own, on real servers. */
@NullMarked
package dev.gatefold.executor.standalone;

import org.jspecify.annotations.NullMarked;
