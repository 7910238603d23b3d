/**
 * Rows that live in two tables: an original, and a copy of another shape in the same database.
 * Whatever is written is taken from the original as it is at that time.
 */
@NullMarked
package dev.gatefold.backfill.copy;

import org.jspecify.annotations.NullMarked;
