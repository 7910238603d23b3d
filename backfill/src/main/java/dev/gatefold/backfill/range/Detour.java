package dev.gatefold.backfill.range;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The way through a range past rows that cannot be written. */
public final class Detour {

  private Detour() {}

  /**
   * A part of the way.
   *
   * @param rows how many it has
   * @param passable whether its rows can be written; one that cannot stands alone
   */
  public record Leg(KeyRange range, long rows, boolean passable) {}

  /**
   * The parts of a range in order; together they are the range.
   *
   * @param keys the places of its rows in order; a row that is not among them came later
   * @param blocked those of them that cannot be written
   */
  public static List<Leg> past(KeyRange range, List<Key> keys, Set<Key> blocked) {
    List<Leg> legs = new ArrayList<>();
    Optional<Key> after = range.after();
    int from = 0;
    for (int i = 0; i < keys.size(); i++) {
      Key key = keys.get(i);
      if (blocked.contains(key)) {
        if (i > from) {
          Key last = keys.get(i - 1);
          legs.add(new Leg(new KeyRange(after, last), i - from, true));
          after = Optional.of(last);
        }
        legs.add(new Leg(new KeyRange(after, key), 1, false));
        after = Optional.of(key);
        from = i + 1;
      }
    }
    if (!after.equals(Optional.of(range.end()))) {
      legs.add(new Leg(new KeyRange(after, range.end()), keys.size() - from, true));
    }
    return legs;
  }
}
