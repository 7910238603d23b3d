package dev.gatefold.backfill;

import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Detour;
import dev.gatefold.backfill.range.Detour.Leg;
import dev.gatefold.backfill.range.Key;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How one worker goes on past rows that cannot be converted. Not thread-safe. */
final class Bypass {

  /**
   * So many of one worker are kept; where there are more it is the mapping that is wrong, and to
   * find each of them would take longer than to mend it.
   */
  static final int MOST = 10_000;

  private final Deque<Leg> ahead = new ArrayDeque<>();
  private final Map<Key, BadRow> bad = new HashMap<>();
  private final Set<Kept> kept = new HashSet<>();

  /** A row of a table or partition, in the words of messages: one that is met again is the same. */
  private record Kept(long table, Key row) {}

  /** Whether those rows of a table may be kept, too. */
  boolean takes(long table, Collection<BadRow> rows) {
    rows.forEach(row -> kept.add(new Kept(table, row.key())));
    return kept.size() <= MOST;
  }

  /** The rows that were refused just now lie in what comes next. */
  void around(Culprits.Found found) {
    ahead.pollFirst();
    bad.putAll(found.rows());
    List<Leg> legs = Detour.past(found.range(), found.places(), found.rows().keySet());
    for (int i = legs.size() - 1; i >= 0; i--) {
      ahead.addFirst(legs.get(i));
    }
  }

  /** What comes next; empty where no bad row is known ahead. */
  Optional<Leg> next() {
    return Optional.ofNullable(ahead.peekFirst());
  }

  /** The row on a part of the way that is not passable, in the words of messages. */
  BadRow at(Leg leg) {
    return Optional.ofNullable(bad.get(leg.range().end())).orElseThrow();
  }

  void passed() {
    Optional.ofNullable(ahead.pollFirst()).ifPresent(leg -> bad.remove(leg.range().end()));
  }

  /** The rows are somebody else's, or lie elsewhere by now. */
  void forget() {
    ahead.clear();
    bad.clear();
  }
}
