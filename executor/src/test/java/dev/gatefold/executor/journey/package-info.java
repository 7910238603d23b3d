/** Whole changes on a real database, from submit to the end and back. */
@NullMarked
package dev.gatefold.executor.journey;

import org.jspecify.annotations.NullMarked;
