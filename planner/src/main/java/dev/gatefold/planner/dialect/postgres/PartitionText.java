package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;

/** What statements over the partitions of a table are put together from. */
final class PartitionText {

  /** A loop that gives the comment {@code words} to each {@code object}. */
  static final String COMMENT =
      """
      LOOP
        IF r.words IS NOT NULL THEN
          EXECUTE pg_catalog.format('COMMENT ON %s IS %L', r.object, r.words);
        END IF;
      END LOOP;""";

  private PartitionText() {}

  /** The name of an index on a partition whose OID is given as SQL. */
  static String nameOn(Identifier name, String partition) {
    return "pg_catalog.concat(%s, '_', %s)".formatted(Literal.of(name.value()), partition);
  }

  /** The OID of what a name means when the statement runs. */
  static String regclass(TableName name) {
    return Literal.of(name.quoted()) + "::pg_catalog.regclass";
  }

  /** Runs the body, with a variable {@code r}, in a quote that nothing in the text can end. */
  static String block(String body) {
    String quote = "$gatefold$";
    for (int i = 1; body.contains(quote); i++) {
      quote = "$gatefold_" + i + "$";
    }
    return "DO %s\nDECLARE r record;\nBEGIN\n%s\nEND\n%s".formatted(quote, body, quote);
  }
}
