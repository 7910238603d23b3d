package dev.gatefold.executor.faults.history;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One value in both shapes, as its writer meant it; an SQL NULL is empty.
 *
 * @param epoch how often the new column had been thrown away before the write: what only the new
 *     shape could hold does not outlive its column
 */
public record Cell(Optional<String> old, Optional<String> now, int epoch) {

  /** What a reader of one shape must see, {@code up} being the mapping of the column. */
  public Optional<String> as(Side side, int epochOfReader, UnaryOperator<String> up) {
    return switch (side) {
      case OLD -> old;
      case NEW -> epoch == epochOfReader ? now : old.map(up);
    };
  }
}
