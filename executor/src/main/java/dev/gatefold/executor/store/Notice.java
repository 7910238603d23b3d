package dev.gatefold.executor.store;

import dev.gatefold.planner.plan.StageName;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that others are told about a rollout.
 *
 * @param stage the stage concerned; empty for the one that the rollout is in
 * @param evidence the hash of what was seen at a gate
 */
public record Notice(
    Event event, Optional<StageName> stage, String message, Optional<String> evidence) {

  /** What kind of news it is. */
  public enum Event {
    /** A gate opens by itself later. */
    WAITING,
    /** A gate is blocked or inconclusive: somebody has to look. */
    BLOCKED,
    /** A stage stopped half-way. */
    FAILED,
    /** A stage is done, or undone. */
    DONE;

    /** The word in settings, bodies and the store. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Event> of(String word) {
      for (Event event : values()) {
        if (event.word().equals(word)) {
          return Optional.of(event);
        }
      }
      return Optional.empty();
    }
  }

  public static Notice done(String message) {
    return new Notice(Event.DONE, Optional.empty(), message, Optional.empty());
  }

  public static Notice failed(String message) {
    return new Notice(Event.FAILED, Optional.empty(), message, Optional.empty());
  }
}
