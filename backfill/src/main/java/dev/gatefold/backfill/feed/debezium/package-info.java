/**
 * Debezium, embedded, as the reader of the log. Only this package knows it, and Kafka Connect's
 * types.
 */
@NullMarked
package dev.gatefold.backfill.feed.debezium;

import org.jspecify.annotations.NullMarked;
