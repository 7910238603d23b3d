@NullMarked
package dev.gatefold.planner.hazard;

import org.jspecify.annotations.NullMarked;
