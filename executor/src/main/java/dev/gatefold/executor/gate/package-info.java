/** What must be true before a stage may run, measured when it is promoted. */
@NullMarked
package dev.gatefold.executor.gate;

import org.jspecify.annotations.NullMarked;
