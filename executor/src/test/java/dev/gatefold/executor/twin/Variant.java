package dev.gatefold.executor.twin;

import java.util.List;
import java.util.Map;

/**
 * A change, and the direct DDL that would do the same to a table that nobody uses.
 *
 * @param operations of the change file
 * @param renamed the new name of each column that gets one
 * @param direct the same on the twin
 */
enum Variant {
  RENAME(
      """
        - rename_column: {table: orders, column: email, to: mail}
        - rename_column: {table: orders, column: customer, to: buyer}
      """,
      Map.of("email", "mail", "customer", "buyer"),
      List.of("RENAME email TO mail", "RENAME customer TO buyer")),

  WIDER_UNDER_THE_SAME_NAME(
      """
        - alter_column: {table: orders, column: total, type: bigint}
      """,
      Map.of(),
      List.of("ALTER total TYPE bigint")),

  LOSSY_UP_AND_DOWN(
      """
        - alter_column:
            {table: orders, column: price, to: amount, type: "numeric(10,2)", default: "1.25",
             up: "round(price::numeric, 2)", down: "trunc(amount)::text"}
      """,
      Map.of("price", "amount"),
      List.of(
          "ALTER price DROP DEFAULT, ALTER price TYPE numeric(10,2) USING round(price::numeric, 2)",
          "ALTER price SET DEFAULT 1.25",
          "RENAME price TO amount")),

  EVERYTHING(
      RENAME.operations
          + WIDER_UNDER_THE_SAME_NAME.operations
          + LOSSY_UP_AND_DOWN.operations
          + """
            - rename_column: {table: orders, column: "no", to: number}
          """,
      Map.of("email", "mail", "customer", "buyer", "price", "amount", "no", "number"),
      List.of(
          "RENAME email TO mail",
          "RENAME customer TO buyer",
          "ALTER total TYPE bigint",
          "ALTER price DROP DEFAULT, ALTER price TYPE numeric(10,2) USING round(price::numeric, 2)",
          "ALTER price SET DEFAULT 1.25",
          "RENAME price TO amount",
          "RENAME no TO number"));

  private final String operations;
  private final Map<String, String> renamed;
  private final List<String> direct;

  Variant(String operations, Map<String, String> renamed, List<String> direct) {
    this.operations = operations;
    this.renamed = renamed;
    this.direct = direct;
  }

  String file() {
    return "change: x\noperations:\n" + operations + "backfill: {target_batch_time: 2ms}\n";
  }

  /** The new name of a column, which is the old one where it keeps that. */
  String renamed(String column) {
    return renamed.getOrDefault(column, column);
  }

  /** The same in one go, on the twin. */
  List<String> direct() {
    return direct.stream().map(action -> "ALTER TABLE twin.orders " + action).toList();
  }
}
