package dev.gatefold.executor.faults.history;

import dev.gatefold.executor.faults.history.Violation.Kind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Judges a history. A reading may see any state of its row that was current at some instant between
 * its two ticks, and nothing else; it must see that state whole, in whichever shape.
 */
public final class Checker {

  private final List<UnaryOperator<String>> up;
  private final Timelines timelines;
  private final Map<Long, Integer> confirmed = new HashMap<>();

  private Checker(List<UnaryOperator<String>> up, Timelines timelines) {
    this.up = up;
    this.timelines = timelines;
  }

  /**
   * All that is wrong.
   *
   * @param up for each column, how an old value becomes a new one: told by the test, not by the
   *     database
   */
  public static List<Violation> check(History history, List<UnaryOperator<String>> up) {
    Checker checker = new Checker(up, new Timelines(history.transactions()));
    return history.readings().stream()
        .sorted(Comparator.comparingLong(Reading::completed))
        .flatMap(reading -> checker.judge(reading).stream())
        .toList();
  }

  /** What each row must be by now; rows that are not there are left out. */
  public static Map<Long, List<Cell>> expected(History history) {
    Timelines timelines = new Timelines(history.transactions());
    Map<Long, List<Cell>> rows = new HashMap<>();
    for (Long key : timelines.keys()) {
      List<State> states = timelines.of(key);
      states.get(states.size() - 1).cells().ifPresent(cells -> rows.put(key, cells));
    }
    return rows;
  }

  private Optional<Violation> judge(Reading reading) {
    List<State> states = timelines.of(reading.key());
    int first = lastBefore(states, State::completed, reading.invoked());
    int last = lastBefore(states, State::invoked, reading.completed());
    OptionalInt matching =
        IntStream.rangeClosed(first, last).filter(i -> matches(reading, states.get(i))).findFirst();
    if (matching.isPresent()) {
      confirmed.merge(reading.key(), matching.getAsInt(), Math::max);
      return Optional.empty();
    }
    Kind kind = kind(reading, states, first, last);
    return Optional.of(
        new Violation(
            kind,
            reading.key(),
            "%s found %s, must be %s"
                .formatted(reading.where(), reading.row(), states.subList(first, last + 1))));
  }

  private interface Tick {
    long of(State state);
  }

  private static int lastBefore(List<State> states, Tick tick, long bound) {
    return IntStream.range(0, states.size())
        .filter(i -> tick.of(states.get(i)) <= bound)
        .reduce(0, (a, b) -> b);
  }

  private boolean matches(Reading reading, State state) {
    if (reading.row().isEmpty() || state.cells().isEmpty()) {
      return reading.row().isEmpty() && state.cells().isEmpty();
    }
    return reading.row().get().version() == state.version()
        && wrongSides(reading, state.cells().get()) == 0;
  }

  private long wrongSides(Reading reading, List<Cell> cells) {
    return IntStream.range(0, cells.size())
        .mapToLong(i -> wrongSides(reading, i, cells.get(i)))
        .sum();
  }

  private long wrongSides(Reading reading, int column, Cell cell) {
    return reading.row().orElseThrow().cells().get(column).entrySet().stream()
        .filter(
            seen ->
                !seen.getValue()
                    .equals(cell.as(seen.getKey(), reading.epochs().get(column), up.get(column))))
        .count();
  }

  private Kind kind(Reading reading, List<State> states, int first, int last) {
    if (reading.row().isEmpty()) {
      return Kind.LOST;
    }
    Seen seen = reading.row().get();
    OptionalInt at =
        IntStream.range(0, states.size())
            .filter(i -> states.get(i).version() == seen.version())
            .reduce((a, b) -> b);
    if (at.isEmpty() || IntStream.rangeClosed(first, last).allMatch(i -> isGone(states.get(i)))) {
      return isAborted(reading) || (states.size() > 1 && isGone(states.get(last)))
          ? Kind.RESURRECTED
          : Kind.TORN;
    }
    if (at.getAsInt() < first) {
      return confirmed.getOrDefault(reading.key(), -1) > at.getAsInt()
          ? Kind.RESURRECTED
          : Kind.LOST;
    }
    return at.getAsInt() > last ? Kind.TORN : inside(reading, states, at.getAsInt());
  }

  private static boolean isGone(State state) {
    return state.cells().isEmpty();
  }

  private boolean isAborted(Reading reading) {
    return timelines.aborted(reading.key()).stream()
        .anyMatch(write -> write.version() == reading.row().orElseThrow().version());
  }

  /** The version is right, and some value is not. */
  private Kind inside(Reading reading, List<State> states, int at) {
    List<Cell> cells = states.get(at).cells().orElseThrow();
    for (int column = 0; column < cells.size(); column++) {
      long wrong = wrongSides(reading, column, cells.get(column));
      if (wrong == 0) {
        continue;
      }
      if (wrong < reading.row().orElseThrow().cells().get(column).size()) {
        return Kind.TORN;
      }
      if (isOfAborted(reading, column)) {
        return Kind.RESURRECTED;
      }
      if (isOfOlder(reading, states.subList(0, at), column)) {
        return confirmed.getOrDefault(reading.key(), -1) >= at ? Kind.RESURRECTED : Kind.LOST;
      }
    }
    return Kind.TORN;
  }

  private boolean isOfAborted(Reading reading, int column) {
    return timelines.aborted(reading.key()).stream()
        .map(write -> write.cells().get(column))
        .filter(Objects::nonNull)
        .anyMatch(cell -> wrongSides(reading, column, cell) == 0);
  }

  private boolean isOfOlder(Reading reading, List<State> older, int column) {
    return older.stream()
        .flatMap(state -> state.cells().stream())
        .anyMatch(cells -> wrongSides(reading, column, cells.get(column)) == 0);
  }
}
