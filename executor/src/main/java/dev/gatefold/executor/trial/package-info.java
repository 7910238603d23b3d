/** A change goes through all its stages, there and back, on a database that may be wrecked. */
@NullMarked
package dev.gatefold.executor.trial;

import org.jspecify.annotations.NullMarked;
