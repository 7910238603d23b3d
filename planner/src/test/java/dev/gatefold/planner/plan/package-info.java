@NullMarked
package dev.gatefold.planner.plan;

import org.jspecify.annotations.NullMarked;
