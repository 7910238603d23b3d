package dev.gatefold.backfill.range;

/**
 * A row that cannot be converted, or that is not right. Immutable and thread-safe.
 *
 * @param reason the server's own words, or what differs
 */
public record BadRow(Key key, String reason) {}
