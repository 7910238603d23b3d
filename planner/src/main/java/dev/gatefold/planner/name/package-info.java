/** Names of tables and columns as SQL knows them, and the one place that quotes them. */
@NullMarked
package dev.gatefold.planner.name;

import org.jspecify.annotations.NullMarked;
