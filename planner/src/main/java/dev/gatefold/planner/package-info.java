/**
 * Turns a change and a picture of the live schema into a plan, or says why there is none. A pure
 * function: it opens no connection, reads no clock and writes no log.
 */
@NullMarked
package dev.gatefold.planner;

import org.jspecify.annotations.NullMarked;
