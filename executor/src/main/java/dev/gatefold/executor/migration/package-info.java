/** The direct DDL of a change, as a file among the migrations of the team's own Flyway. */
@NullMarked
package dev.gatefold.executor.migration;

import org.jspecify.annotations.NullMarked;
