/** Copies of databases of the tests. */
@NullMarked
package dev.gatefold.executor.trial.copy;

import org.jspecify.annotations.NullMarked;
