package dev.gatefold.planner.draft;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a sequence counts; whatever is empty is as the server has it, or as it was.
 *
 * @param start where it begins
 * @param increment what it adds for each number
 * @param minimum its least number
 * @param maximum its greatest number
 * @param cache how many numbers a session draws at once
 * @param cycle whether it begins again once it is at its end
 */
public record SequenceOptions(
    Optional<Long> start,
    Optional<Long> increment,
    Optional<Long> minimum,
    Optional<Long> maximum,
    Optional<Long> cache,
    Optional<Boolean> cycle) {

  /** As the server has it. */
  public static final SequenceOptions NONE =
      new SequenceOptions(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public boolean isEmpty() {
    return Stream.of(start, increment, minimum, maximum, cache, cycle).allMatch(Optional::isEmpty);
  }

  /** The same with what others say of it in place of what it says itself. */
  public SequenceOptions with(SequenceOptions others) {
    return new SequenceOptions(
        others.start().or(() -> start),
        others.increment().or(() -> increment),
        others.minimum().or(() -> minimum),
        others.maximum().or(() -> maximum),
        others.cache().or(() -> cache),
        others.cycle().or(() -> cycle));
  }
}
