/** SQL text taken to pieces, without a grammar. */
@NullMarked
package dev.gatefold.planner.token;

import org.jspecify.annotations.NullMarked;
