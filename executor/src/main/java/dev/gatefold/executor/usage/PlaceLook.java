package dev.gatefold.executor.usage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was seen on one server.
 *
 * @param place the primary, or which standby
 * @param since from when on its statements are watched; empty where they are not
 * @param lost when statements were last thrown away unseen; empty where that was never noticed
 * @param uses of each column what was seen
 * @param unseen what could not be seen, in words
 */
public record PlaceLook(
    String place,
    Optional<Instant> since,
    Optional<Lost> lost,
    Map<OldColumn, List<Use>> uses,
    List<String> unseen) {

  public PlaceLook {
    uses = Map.copyOf(uses);
    unseen = List.copyOf(unseen);
  }

  /** When it was noticed, and what happened. */
  public record Lost(Instant at, String why) {}

  /**
   * A statement that uses a column.
   *
   * @param who user or session
   * @param last when it was first seen to have run again
   */
  public record Use(String who, String text, Instant last) {}

  static PlaceLook unseen(String place, String why) {
    return new PlaceLook(place, Optional.empty(), Optional.empty(), Map.of(), List.of(why));
  }

  /** What was seen of a column since, the last one first. */
  public List<Use> since(OldColumn column, Instant from) {
    return uses.getOrDefault(column, List.of()).stream()
        .filter(use -> !use.last().isBefore(from))
        .sorted((a, b) -> b.last().compareTo(a.last()))
        .toList();
  }
}
