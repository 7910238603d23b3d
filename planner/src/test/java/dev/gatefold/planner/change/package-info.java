/** How change files are read. */
@NullMarked
package dev.gatefold.planner.change;

import org.jspecify.annotations.NullMarked;
