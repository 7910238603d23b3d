package dev.gatefold.backfill.progress;

import java.time.Duration;

/**
 * How long a pass may still take.
 *
 * @param soonest at the highest speed that was seen lately
 * @param latest at the lowest
 */
public record Remaining(Duration soonest, Duration latest) {}
