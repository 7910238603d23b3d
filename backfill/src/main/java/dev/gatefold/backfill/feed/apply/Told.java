package dev.gatefold.backfill.feed.apply;

import dev.gatefold.backfill.feed.FeedEvent;
import dev.gatefold.backfill.range.Key;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What some events tell of rows. Immutable.
 *
 * @param emptied whether all rows were taken away at first
 * @param rows those that were written since, each once; and those that are gone, where there is
 *     something to be done about them
 */
record Told(boolean emptied, List<Key> rows) {

  Told {
    rows = List.copyOf(rows);
  }

  /**
   * What events tell.
   *
   * @param goneToo whether rows that are gone are of interest
   * @param inOrder whether they are told in the order of the log: then rows that were told of
   *     before all were taken away need not be looked up
   */
  static Told by(List<FeedEvent> events, boolean goneToo, boolean inOrder) {
    boolean emptied = false;
    Set<Key> rows = new LinkedHashSet<>();
    for (FeedEvent event : events) {
      if (event instanceof FeedEvent.Emptied) {
        emptied = true;
        if (inOrder) {
          rows.clear();
        }
      } else if (event instanceof FeedEvent.Written written) {
        rows.add(new Key(written.key()));
      } else if (goneToo && event instanceof FeedEvent.Gone gone) {
        rows.add(new Key(gone.key()));
      }
    }
    return new Told(emptied, List.copyOf(rows));
  }

  boolean isNothing() {
    return !emptied && rows.isEmpty();
  }

  /** The beginning of it. */
  Told first(int most) {
    return new Told(emptied, rows.subList(0, Math.min(rows.size(), most)));
  }

  /** What is left behind that. */
  Told after(Told first) {
    return new Told(false, rows.subList(first.rows.size(), rows.size()));
  }
}
