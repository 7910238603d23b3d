/** PostgreSQL 14 and later: its SQL, and the functions and triggers of the sync. */
@NullMarked
package dev.gatefold.planner.dialect.postgres;

import org.jspecify.annotations.NullMarked;
