/** Migrations as they lie beside a team's own, run by its own Flyway. */
@NullMarked
package dev.gatefold.executor.migration;

import org.jspecify.annotations.NullMarked;
