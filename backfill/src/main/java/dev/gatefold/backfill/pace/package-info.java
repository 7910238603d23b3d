/**
 * How large a batch is, how fast batches follow one another and how long a hindered one waits. All
 * decisions are plain arithmetic over measured times; only one class here reads a clock and only
 * one sleeps.
 */
@NullMarked
package dev.gatefold.backfill.pace;

import org.jspecify.annotations.NullMarked;
