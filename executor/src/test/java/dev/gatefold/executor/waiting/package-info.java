/**
 * Sessions that hold on to a table, and what everybody else meets while a change waits for them.
 */
@NullMarked
package dev.gatefold.executor.waiting;

import org.jspecify.annotations.NullMarked;
