/**
 * Who reads change feeds: whoever works on a rollout reads those of it, and a worker with nothing
 * else to do reads those that nobody does.
 */
@NullMarked
package dev.gatefold.executor.feed;

import org.jspecify.annotations.NullMarked;
