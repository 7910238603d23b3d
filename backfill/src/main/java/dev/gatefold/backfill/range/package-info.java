/**
 * Ranges of rows along a unique key, or, where there is none, from block to block. Keys travel as
 * text and are cast back to the column's own type by the server, so that no Java type has to hold a
 * value exactly; the bound of a batch is found by skipping along the key's index, which was
 * measured to be the cheapest shape.
 */
@NullMarked
package dev.gatefold.backfill.range;

import org.jspecify.annotations.NullMarked;
