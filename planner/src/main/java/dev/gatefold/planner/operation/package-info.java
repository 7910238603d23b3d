/** One class per kind of operation: it says how the change is split into stages. */
@NullMarked
package dev.gatefold.planner.operation;

import org.jspecify.annotations.NullMarked;
