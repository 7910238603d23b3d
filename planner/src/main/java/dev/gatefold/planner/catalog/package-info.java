/** Reads the live catalog over JDBC; the only package of the planner that opens a statement. */
@NullMarked
package dev.gatefold.planner.catalog;

import org.jspecify.annotations.NullMarked;
