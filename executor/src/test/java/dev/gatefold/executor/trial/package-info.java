/** Trials of changes on a server of the tests. */
@NullMarked
package dev.gatefold.executor.trial;

import org.jspecify.annotations.NullMarked;
