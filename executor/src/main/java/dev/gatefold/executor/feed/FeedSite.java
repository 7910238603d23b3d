package dev.gatefold.executor.feed;

import dev.gatefold.backfill.feed.Brokers;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.executor.database.Database;
import dev.gatefold.executor.store.FeedStore.Made;
import java.util.Optional;

/**
 * Where feeds are read.
 *
 * @param brokers Kafka, where this process knows of one
 */
public record FeedSite(Database database, Optional<Brokers> brokers, Timing timing) {

  /** Whether this process can read a feed. */
  boolean reaches(Made made) {
    return made.feed().lanes().isEmpty() || brokers.isPresent();
  }
}
