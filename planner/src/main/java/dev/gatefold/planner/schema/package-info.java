/** An immutable picture of the live catalog, as far as a change touches it. */
@NullMarked
package dev.gatefold.planner.schema;

import org.jspecify.annotations.NullMarked;
