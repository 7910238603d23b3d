/** A PostgreSQL that can be killed, and a wire to it that can be cut. */
@NullMarked
package dev.gatefold.executor.faults.server;

import org.jspecify.annotations.NullMarked;
