/**
 * Who works on which rows. A backfill has parts, the table or its partitions; of each part ranges
 * are cut off at a frontier and leased to workers, on whatever machine. A lease is a fencing token
 * and a time: whoever lets the time pass may lose the range, and can then write none of its rows
 * any more. The tables behind it lie in the schema {@code gatefold} of the target database.
 */
@NullMarked
package dev.gatefold.backfill.lease;

import org.jspecify.annotations.NullMarked;
