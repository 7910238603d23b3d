/** Dangers that a plan carries for running applications: one class each, with a cure. */
@NullMarked
package dev.gatefold.planner.hazard;

import org.jspecify.annotations.NullMarked;
