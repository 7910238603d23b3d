/** How the command line puts things to people: plans, states, progress. */
@NullMarked
package dev.gatefold.executor.cli.text;

import org.jspecify.annotations.NullMarked;
