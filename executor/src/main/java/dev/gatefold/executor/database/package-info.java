/** Connections to the target, all with the same settings. */
@NullMarked
package dev.gatefold.executor.database;

import org.jspecify.annotations.NullMarked;
