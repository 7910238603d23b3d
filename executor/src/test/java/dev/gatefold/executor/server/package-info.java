/** What the server tells, without starting it. */
@NullMarked
package dev.gatefold.executor.server;

import org.jspecify.annotations.NullMarked;
