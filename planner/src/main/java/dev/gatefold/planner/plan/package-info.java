/** The planner's answer as data: stages of steps with their undo, or a refusal. */
@NullMarked
package dev.gatefold.planner.plan;

import org.jspecify.annotations.NullMarked;
