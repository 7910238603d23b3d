package dev.gatefold.backfill.feed.apply;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which transactions a statement sees. The log tells of a commit before others see what it wrote:
 * while it waits for a synchronous standby, that may be long. Immutable and thread-safe.
 *
 * @param least every transaction with a smaller number has ended
 * @param most none with this number or a larger one has
 * @param open those between that have not
 */
record Visibility(long least, long most, Set<Long> open) {

  /** The server's own: {@code pg_current_snapshot()} as text. */
  static Visibility of(String snapshot) {
    String[] parts = snapshot.split(":", -1);
    return new Visibility(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Arrays.stream(parts[2].split(","))
            .filter(part -> !part.isEmpty())
            .map(Long::valueOf)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * Whether a transaction that has committed in the log is seen.
   *
   * @param transaction the lower 32 bits of its number: it is the nearest one that has them
   */
  boolean sees(long transaction) {
    int ahead = (int) transaction - (int) most;
    long number = most + ahead;
    return number < least || (number < most && !open.contains(number));
  }
}
