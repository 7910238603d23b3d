package dev.gatefold.backfill.feed;

import java.util.List;

/**
 * Takes what a feed tells. Called by one thread at a time.
 *
 * @param <E> in which form
 */
@FunctionalInterface
public interface FeedConsumer<E> {

  /**
   * Takes some events, in their order.
   *
   * @return whether they are kept: then they are never told again, whatever crashes, so that
   *     whatever is to be kept of them must be committed by then. Where they are not, they are told
   *     again, with all that follows, by the next feed
   * @throws Exception where they cannot be kept: the feed ends, and tells them again when it is
   *     begun anew
   */
  boolean take(List<E> events) throws Exception;
}
