/** Plans without the database: on a server of our own that has the schema of a snapshot. */
@NullMarked
package dev.gatefold.executor.snapshot;

import org.jspecify.annotations.NullMarked;
