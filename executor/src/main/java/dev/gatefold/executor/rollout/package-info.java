/** One change on its way through one database: states, moves and facts, without any I/O. */
@NullMarked
package dev.gatefold.executor.rollout;

import org.jspecify.annotations.NullMarked;
