/** How a command ended, as a value: what happened, on what, and what to do. */
@NullMarked
package dev.gatefold.executor.outcome;

import org.jspecify.annotations.NullMarked;
