package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.SyncSpec.Pair;
import dev.gatefold.planner.dialect.SyncSpec.Side;

/** The row of a trigger, as SQL. */
final class Row {

  /** Stands for a line end while text is put together; neither names nor SQL can contain it. */
  private static final char LINE_END = '\0';

  private Row() {}

  /** Text of others, whose lines must not be indented as ours are: they may be within quotes. */
  static String verbatim(String text) {
    return text.replace('\n', LINE_END);
  }

  /** The finished text. */
  static String finished(String sql) {
    return sql.replace(LINE_END, '\n');
  }

  static String before(Side side) {
    return verbatim("OLD." + side.name().quoted());
  }

  static String after(Side side) {
    return verbatim("NEW." + side.name().quoted());
  }

  static String changed(Side side) {
    return Comparison.differ(after(side), before(side), side.type());
  }

  /** Whether an INSERT leaves the column out, or could as well have: no trigger sees which. */
  static String isNotSet(Side side) {
    String isNull = after(side) + " IS NULL";
    return side.steadyDefault()
        .map(
            value ->
                isNull
                    + " OR "
                    + Comparison.same(
                        after(side),
                        verbatim("(" + value + ")::" + side.type().sql()),
                        side.type()))
        .orElse(isNull);
  }

  /** The image of the old value. */
  static String up(Pair pair) {
    return verbatim(pair.up().value().with(attnum -> after(pair.old())));
  }

  /** The image of the new value. */
  static String down(Pair pair) {
    return verbatim(pair.down().value().with(attnum -> after(pair.replacement())));
  }

  static String newIsUp(Pair pair) {
    return Comparison.same(after(pair.replacement()), up(pair), pair.replacement().type());
  }

  static String oldIsDown(Pair pair) {
    return Comparison.same(after(pair.old()), down(pair), pair.old().type());
  }
}
