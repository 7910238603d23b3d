/** The command line: one class per verb, each short enough to start at once. */
@NullMarked
package dev.gatefold.executor.cli;

import org.jspecify.annotations.NullMarked;
