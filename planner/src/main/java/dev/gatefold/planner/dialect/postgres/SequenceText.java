package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.draft.SequenceOptions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a sequence counts, as SQL. */
public final class SequenceText {

  private SequenceText() {}

  /** The options that are given. */
  static List<String> of(SequenceOptions options) {
    return Stream.of(
            options.start().map(value -> "START WITH " + value),
            options.increment().map(value -> "INCREMENT BY " + value),
            options.minimum().map(value -> "MINVALUE " + value),
            options.maximum().map(value -> "MAXVALUE " + value),
            options.cache().map(value -> "CACHE " + value),
            options.cycle().map(cycle -> cycle ? "CYCLE" : "NO CYCLE"))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The same with the bounds of the sequence's type where none is given. */
  static List<String> all(SequenceOptions options) {
    return Stream.of(
            of(options).stream(),
            options.minimum().isPresent() ? Stream.<String>of() : Stream.of("NO MINVALUE"),
            options.maximum().isPresent() ? Stream.<String>of() : Stream.of("NO MAXVALUE"))
        .flatMap(texts -> texts)
        .toList();
  }

  static String joined(SequenceOptions options) {
    return String.join(" ", of(options));
  }

  /** In parentheses after others; empty where there is none. */
  public static String enclosed(SequenceOptions options) {
    return options.isEmpty() ? "" : " (" + joined(options) + ")";
  }

  static String set(List<String> options) {
    return options.stream().map(option -> "SET " + option).collect(Collectors.joining(" "));
  }
}
