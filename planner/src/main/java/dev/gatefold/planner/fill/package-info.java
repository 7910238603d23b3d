/** New columns that are filled, in rows that nobody gave a value, beside traffic. */
@NullMarked
package dev.gatefold.planner.fill;

import org.jspecify.annotations.NullMarked;
