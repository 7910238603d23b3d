@NullMarked
package dev.gatefold.planner.snapshot;

import org.jspecify.annotations.NullMarked;
