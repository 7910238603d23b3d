/** How names are read and written. */
@NullMarked
package dev.gatefold.planner.name;

import org.jspecify.annotations.NullMarked;
