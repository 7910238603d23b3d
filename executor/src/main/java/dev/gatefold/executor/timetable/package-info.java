/** Keeps the time of what begins again and again. The only package that uses db-scheduler. */
@NullMarked
package dev.gatefold.executor.timetable;

import org.jspecify.annotations.NullMarked;
