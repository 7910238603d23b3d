package dev.gatefold.executor.twin;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A change, and the direct DDL that would do the same to a table that nobody uses. */
enum Variant {
  RENAME,
  WIDER_UNDER_THE_SAME_NAME,
  LOSSY_UP_AND_DOWN,
  EVERYTHING;

  private static final Shape RENAMED =
      new Shape(
          """
            - rename_column: {table: orders, column: email, to: mail}
            - rename_column: {table: orders, column: customer, to: buyer}
          """,
          Map.of("email", "mail", "customer", "buyer"),
          List.of("RENAME email TO mail", "RENAME customer TO buyer"));

  private static final Shape WIDER =
      new Shape(
          """
            - alter_column: {table: orders, column: total, type: bigint}
          """,
          Map.of(),
          List.of("ALTER total TYPE bigint"));

  private static final Shape LOSSY =
      new Shape(
          """
            - alter_column:
                {table: orders, column: price, to: amount, type: "numeric(10,2)", default: "1.25",
                 up: "round(price::numeric, 2)", down: "trunc(amount)::text"}
          """,
          Map.of("price", "amount"),
          List.of(
              "ALTER price DROP DEFAULT",
              "ALTER price TYPE numeric(10,2) USING round(price::numeric, 2)",
              "ALTER price SET DEFAULT 1.25",
              "RENAME price TO amount"));

  private static final Shape NUMBERED =
      new Shape(
          """
            - rename_column: {table: orders, column: "no", to: number}
          """,
          Map.of("no", "number"),
          List.of("RENAME no TO number"));

  /**
   * What is done.
   *
   * @param operations of the change file
   * @param renamed the new name of each column that gets one
   * @param direct the same on the twin
   */
  private record Shape(String operations, Map<String, String> renamed, List<String> direct) {}

  private List<Shape> shapes() {
    return switch (this) {
      case RENAME -> List.of(RENAMED);
      case WIDER_UNDER_THE_SAME_NAME -> List.of(WIDER);
      case LOSSY_UP_AND_DOWN -> List.of(LOSSY);
      case EVERYTHING -> List.of(RENAMED, WIDER, LOSSY, NUMBERED);
    };
  }

  String file() {
    return file("trigger");
  }

  /** With another sync than triggers. */
  String file(String sync) {
    return shapes().stream()
        .map(Shape::operations)
        .collect(
            Collectors.joining(
                "",
                "change: x\noperations:\n",
                "sync: %s\nbackfill: {target_batch_time: 2ms, ignore_signals: [active_sessions]}\n"
                    .formatted(sync)));
  }

  /** The new name of a column, which is the old one where it keeps that. */
  String renamed(String column) {
    return shapes().stream()
        .flatMap(shape -> Stream.ofNullable(shape.renamed().get(column)))
        .findFirst()
        .orElse(column);
  }

  /** The same in one go, on the twin. */
  List<String> direct() {
    return shapes().stream()
        .flatMap(shape -> shape.direct().stream())
        .map(action -> "ALTER TABLE twin.orders " + action)
        .toList();
  }
}
