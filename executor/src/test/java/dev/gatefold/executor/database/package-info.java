/** How connections are made. */
@NullMarked
package dev.gatefold.executor.database;

import org.jspecify.annotations.NullMarked;
