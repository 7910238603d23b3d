package dev.gatefold.backfill.feed;

import dev.gatefold.backfill.feed.FeedEvent.Said;
import dev.gatefold.backfill.session.Transactions;
import java.util.OptionalLong;

/**
 * Tells what Gatefold itself has written from what others have: whoever writes for it says so in
 * the log before, in the same transaction. Transactions are told whole and one after the other, so
 * that the last one is all there is to remember. Not thread-safe.
 */
public final class OwnWork {

  private OptionalLong own = OptionalLong.empty();

  /** Whether an event, the next one in their order, is our own change, or announces one. */
  public boolean has(FeedEvent event) {
    if (event instanceof Said said && said.words().equals(Transactions.OWN)) {
      own = said.transaction();
      return true;
    }
    return own.isPresent()
        && event instanceof FeedEvent.OfApplication work
        && work.transaction() == own.getAsLong();
  }
}
