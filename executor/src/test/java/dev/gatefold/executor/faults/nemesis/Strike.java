package dev.gatefold.executor.faults.nemesis;

import dev.gatefold.executor.faults.nemesis.Fault.Mending;

/**
 * A fault at its moment.
 *
 * @param line what the executor says at the point where it stands still; empty for other moments
 * @param skip how many such lines pass before
 * @param afterMillis how long after the command began, for an instant
 */
public record Strike(FaultKind kind, Moment moment, String line, int skip, long afterMillis) {

  /** Lets it happen; answers how it is made good. */
  public Mending at(Scene scene) throws Exception {
    return kind.fault().strike(scene);
  }

  @Override
  public String toString() {
    return switch (moment) {
      case REST -> kind + " before it";
      case POINT -> "%s at \"%s\" + %d".formatted(kind, line, skip);
      case INSTANT -> "%s after %d ms".formatted(kind, afterMillis);
    };
  }
}
