package dev.gatefold.executor.trial.witness;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was seen of a step.
 *
 * @param locks the strongest lock on each relation that was there before, also where a relation
 *     that the step names was not locked at all
 * @param rewritten relations that have other files now
 * @param scanned tables that were read from one end to the other
 * @param gone relations that are there no more
 */
public record Sight(
    Map<Relation, HeldMode> locks,
    List<Relation> rewritten,
    List<Relation> scanned,
    Set<Relation> gone) {

  public Sight {
    locks = Map.copyOf(locks);
    rewritten = List.copyOf(rewritten);
    scanned = List.copyOf(scanned);
    gone = Set.copyOf(gone);
  }
}
