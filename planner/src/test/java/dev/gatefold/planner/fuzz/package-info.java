/** Change files that nobody would write, and what the planner answers. */
@NullMarked
package dev.gatefold.planner.fuzz;

import org.jspecify.annotations.NullMarked;
