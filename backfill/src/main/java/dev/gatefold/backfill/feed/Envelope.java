package dev.gatefold.backfill.feed;

/**
 * An event together with the words in which Debezium tells it, for whoever passes it on.
 *
 * @param key as JSON: the row's key
 * @param value as JSON: the event in Debezium's envelope
 */
public record Envelope(FeedEvent event, String key, String value) {}
