/**
 * The straight way: the DDL that one would write by hand where nobody is in the way, on a fresh or
 * test database or on a table that nobody uses.
 *
 * <p>Values are made by ALTER COLUMN TYPE ... USING throughout, also those of new columns: unlike
 * an UPDATE it fires none of the users' triggers, as the backfill does not either.
 */
@NullMarked
package dev.gatefold.planner.straight;

import org.jspecify.annotations.NullMarked;
