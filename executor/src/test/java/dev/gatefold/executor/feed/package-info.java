/** Columns that a change feed keeps in step. */
@NullMarked
package dev.gatefold.executor.feed;

import org.jspecify.annotations.NullMarked;
