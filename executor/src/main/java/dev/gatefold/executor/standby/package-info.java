/** Servers that replay what the primary writes, and who reads there. */
@NullMarked
package dev.gatefold.executor.standby;

import org.jspecify.annotations.NullMarked;
