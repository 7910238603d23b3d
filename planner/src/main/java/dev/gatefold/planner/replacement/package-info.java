/** The first primitive: a new column beside the old one, kept in step, swapped and dropped. */
@NullMarked
package dev.gatefold.planner.replacement;

import org.jspecify.annotations.NullMarked;
