/** The long-running server: HTTP API, console and health. */
@NullMarked
package dev.gatefold.executor.server;

import org.jspecify.annotations.NullMarked;
