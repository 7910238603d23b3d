package dev.gatefold.backfill.feed;

import java.util.List;

/** Takes what a feed tells. Called by one thread at a time. */
@FunctionalInterface
public interface FeedConsumer {

  /**
   * Takes some events, in their order. Once it comes back they are never told again, whatever
   * crashes: what is to be kept of them must be committed by then.
   *
   * @throws Exception where they cannot be kept: the feed ends, and tells them again when it is
   *     begun anew
   */
  void take(List<FeedEvent> events) throws Exception;
}
