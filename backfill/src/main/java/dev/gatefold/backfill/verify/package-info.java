/**
 * Compares old and new shape of every row, range by range in short transactions along the key,
 * which does not change: a pass over physical ranges would miss rows that move. A row on which a
 * mapping fails is a row that is not right.
 */
@NullMarked
package dev.gatefold.backfill.verify;

import org.jspecify.annotations.NullMarked;
