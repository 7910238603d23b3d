/** The hours in which a backfill may begin batches, by the clock of the database's server. */
@NullMarked
package dev.gatefold.backfill.window;

import org.jspecify.annotations.NullMarked;
