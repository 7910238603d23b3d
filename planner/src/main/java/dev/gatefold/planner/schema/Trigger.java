package dev.gatefold.planner.schema;

import dev.gatefold.planner.name.Identifier;
import java.util.Collections;
import java.util.Set;

/**
 * A trigger that a user made.
 *
 * @param beforeRow whether it may still change the row
 * @param events what fires it, where it is enabled
 * @param enabled in which sessions it is
 * @param updateOf the columns of its {@code UPDATE OF}, with those from which the generated ones
 *     among them are made; empty where it has none
 * @param source the text of its function, or empty where it is not text
 */
public record Trigger(
    Identifier name,
    boolean beforeRow,
    Set<Event> events,
    Enabled enabled,
    Set<Identifier> updateOf,
    String source) {

  public Trigger {
    events = Set.copyOf(events);
    updateOf = Set.copyOf(updateOf);
  }

  /** What fires a trigger; no more of it than Gatefold asks about. */
  public enum Event {
    INSERT,
    UPDATE
  }

  /** In which sessions a trigger fires, by their {@code session_replication_role}. */
  public enum Enabled {
    /** In those of applications, as every trigger that nobody altered. */
    ORIGIN,
    /** In those that apply what was replicated, and in no other. */
    REPLICA,
    /** In all. */
    ALWAYS,
    /** In none. */
    DISABLED
  }

  /** Whether an UPDATE that sets these columns is what it fires for. */
  public boolean onUpdateOf(Set<Identifier> columns) {
    return events.contains(Event.UPDATE)
        && (updateOf.isEmpty() || !Collections.disjoint(updateOf, columns));
  }
}
