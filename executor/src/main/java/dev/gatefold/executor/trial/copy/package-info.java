/** A trial on a copy: the schema of a database, and some of its rows, on a server of our own. */
@NullMarked
package dev.gatefold.executor.trial.copy;

import org.jspecify.annotations.NullMarked;
