package dev.gatefold.backfill.feed;

import java.util.concurrent.CompletableFuture;

/** Tells what happens until it is closed or breaks. Thread-safe. */
public interface Feed extends AutoCloseable {

  /** Comes to its end when the feed does. */
  CompletableFuture<FeedEnd> end();

  /** Comes back when nothing is told any more, as far as this process is concerned. */
  @Override
  void close();

  /** Begins a feed from where its slot is. */
  @FunctionalInterface
  interface Opener {
    Feed open(FeedConsumer<FeedEvent> consumer);
  }
}
