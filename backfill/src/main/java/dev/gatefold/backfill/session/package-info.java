/**
 * Short transactions on the caller's connection: their settings, which end with them, statements
 * with bound parameters, and what an error of the server means for a batch.
 */
@NullMarked
package dev.gatefold.backfill.session;

import org.jspecify.annotations.NullMarked;
