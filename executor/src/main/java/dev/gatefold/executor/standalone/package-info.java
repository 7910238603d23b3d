/** Backfills without a change of schema: their runs, their schedules and who works on them. */
@NullMarked
package dev.gatefold.executor.standalone;

import org.jspecify.annotations.NullMarked;
