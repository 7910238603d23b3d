/** The time of what begins again and again. */
@NullMarked
package dev.gatefold.executor.timetable;

import org.jspecify.annotations.NullMarked;
