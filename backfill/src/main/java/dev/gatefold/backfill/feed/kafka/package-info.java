/**
 * Kafka, for a feed that several machines apply: whoever reads the log puts each event into the
 * lane of its row, which is a partition of a topic; whoever applies lanes reads them from there.
 * Only this package knows Kafka's clients.
 *
 * <p>A word of ours goes into every lane, and only once all that came before it is kept by the
 * brokers. So whoever has heard it in a lane has been told all that was written before of the rows
 * of that lane, whatever was sent twice, and by whom.
 */
@NullMarked
package dev.gatefold.backfill.feed.kafka;

import org.jspecify.annotations.NullMarked;
