package dev.gatefold.executor.feed;

import dev.gatefold.backfill.feed.apply.FeedRun;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** What is left of a feed, for whoever applies it under a lock. Not thread-safe. */
interface FeedRest extends AutoCloseable {

  /**
   * What applies nothing but what it is told to, from now on.
   *
   * @return empty where there is none within that time
   */
  Optional<FeedRun> run(Duration within) throws InterruptedException;

  /** Lets the feed go on by itself. */
  @Override
  void close() throws SQLException;
}
