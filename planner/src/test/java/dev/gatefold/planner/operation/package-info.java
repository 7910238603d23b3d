@NullMarked
package dev.gatefold.planner.operation;

import org.jspecify.annotations.NullMarked;
