/** The engine's own parts, where a whole journey could not show them. */
@NullMarked
package dev.gatefold.executor.engine;

import org.jspecify.annotations.NullMarked;
