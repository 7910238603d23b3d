/**
 * What a backfill heeds beside its own work: one class for each signal, with its question to the
 * server, its limit and its words. Each remembers what it saw, so that what it says does not flap.
 */
@NullMarked
package dev.gatefold.backfill.throttle.signal;

import org.jspecify.annotations.NullMarked;
