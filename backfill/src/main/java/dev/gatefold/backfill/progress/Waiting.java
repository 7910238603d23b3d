package dev.gatefold.backfill.progress;

import java.time.Duration;

/**
 * A batch that was hindered and will be tried again. Immutable and thread-safe.
 *
 * @param failures how many times in a row
 * @param batchRows the size of the next attempt
 * @param pause how long it waits before that
 * @param reason the server's own words
 */
public record Waiting(int failures, int batchRows, Duration pause, String reason) {}
