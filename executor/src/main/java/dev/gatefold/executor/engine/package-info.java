/** Walks the steps of a stage: each committed with its record, each resumed after a crash. */
@NullMarked
package dev.gatefold.executor.engine;

import org.jspecify.annotations.NullMarked;
