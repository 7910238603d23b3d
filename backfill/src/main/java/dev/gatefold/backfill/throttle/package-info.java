/**
 * Who may slow a backfill down, how much and why. Signals are measured beside the work, on a
 * connection of their own; a batch only asks for what was found last.
 */
@NullMarked
package dev.gatefold.backfill.throttle;

import org.jspecify.annotations.NullMarked;
