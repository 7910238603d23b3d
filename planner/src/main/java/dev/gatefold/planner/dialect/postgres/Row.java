package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.SyncSpec.Pair;
import dev.gatefold.planner.dialect.SyncSpec.Side;

/** The row of a trigger, as SQL. */
final class Row {

  private Row() {}

  static String before(Side side) {
    return "OLD." + side.name().quoted();
  }

  static String after(Side side) {
    return "NEW." + side.name().quoted();
  }

  static String changed(Side side) {
    return Comparison.differ(after(side), before(side), side.type());
  }

  /** The image of the old value. */
  static String up(Pair pair) {
    return pair.up().value().with(attnum -> after(pair.old()));
  }

  /** The image of the new value. */
  static String down(Pair pair) {
    return pair.down().value().with(attnum -> after(pair.replacement()));
  }

  static String newIsUp(Pair pair) {
    return Comparison.same(after(pair.replacement()), up(pair), pair.replacement().type());
  }

  static String oldIsDown(Pair pair) {
    return Comparison.same(after(pair.old()), down(pair), pair.old().type());
  }
}
