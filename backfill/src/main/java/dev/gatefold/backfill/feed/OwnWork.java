package dev.gatefold.backfill.feed;

import dev.gatefold.backfill.feed.FeedEvent.Said;
import dev.gatefold.backfill.session.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Leaves out what Gatefold itself has written: whoever writes for it says so in the log before, in
 * the same transaction. Transactions are told whole and one after the other, so that the last one
 * is all there is to remember. Not thread-safe.
 */
public final class OwnWork {

  private OptionalLong own = OptionalLong.empty();

  /** What is left of them without our own changes and what announced them. */
  public List<FeedEvent> without(List<FeedEvent> events) {
    List<FeedEvent> others = new ArrayList<>();
    for (FeedEvent event : events) {
      if (event instanceof Said said && said.words().equals(Transactions.OWN)) {
        own = said.transaction();
      } else if (!isOwn(event)) {
        others.add(event);
      }
    }
    return others;
  }

  private boolean isOwn(FeedEvent event) {
    return own.isPresent()
        && event instanceof FeedEvent.OfApplication work
        && work.transaction() == own.getAsLong();
  }
}
