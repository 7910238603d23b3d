/** Executors that are killed, in processes of their own, and what the next one makes of it. */
@NullMarked
package dev.gatefold.executor.crash;

import org.jspecify.annotations.NullMarked;
