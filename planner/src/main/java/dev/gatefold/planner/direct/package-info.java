/**
 * Operations that need no new column in the place of an old one: one class each, with what it does
 * in every stage and how that is taken back.
 */
@NullMarked
package dev.gatefold.planner.direct;

import org.jspecify.annotations.NullMarked;
