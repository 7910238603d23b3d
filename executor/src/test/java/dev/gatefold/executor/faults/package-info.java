/**
 * Changes under faults, in the words of Jepsen: applications write all the while and note a
 * history, a nemesis does what happens in production, and a checker decides from history and table
 * whether an acknowledged write was lost, an undone one resurrected, or a row torn between its two
 * shapes.
 */
@NullMarked
package dev.gatefold.executor.faults;

import org.jspecify.annotations.NullMarked;
