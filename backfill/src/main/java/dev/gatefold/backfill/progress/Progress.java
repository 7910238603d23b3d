package dev.gatefold.backfill.progress;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How far a pass is. Immutable and thread-safe.
 *
 * @param rowsDone rows passed, by earlier runs too
 * @param rowsTotalEstimate the server's estimate of all rows, never less than are done; empty where
 *     the server has none
 * @param rowsPerSecond over the last half minute; empty before the second measurement
 * @param remaining how long it may still take; empty while there is too little to tell from
 */
public record Progress(
    long rowsDone,
    OptionalLong rowsTotalEstimate,
    OptionalDouble rowsPerSecond,
    Optional<Remaining> remaining) {}
