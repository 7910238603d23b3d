package dev.gatefold.backfill.feed;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A feed together with whoever takes what it tells. Thread-safe. */
public interface Reading extends AutoCloseable {

  /** Comes to its end when the feed does. */
  CompletableFuture<FeedEnd> end();

  /** The end, if it comes within that time. */
  default Optional<FeedEnd> endWithin(Duration time) throws InterruptedException {
    try {
      return Optional.of(end().get(time.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(new FeedEnd.Broken(String.valueOf(e.getCause())));
    }
  }

  /** Whether somebody is at work on what was told: then nothing else is to be expected. */
  boolean isAtWork();

  @Override
  void close() throws SQLException;
}
