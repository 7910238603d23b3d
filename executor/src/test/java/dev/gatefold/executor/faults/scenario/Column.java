package dev.gatefold.executor.faults.scenario;

import dev.gatefold.executor.faults.history.Cell;
import dev.gatefold.executor.faults.history.Side;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * A column under change, as applications of either version know it.
 *
 * @param up what a new value must be, from the old one; an oracle beside the change file's SQL
 * @param down the same back
 * @param fresh an old value that no other write has, from a number
 * @param freshNew the same of the new shape; it need not be the image of any old value
 * @param wayless a new value without a way back, if there are any
 */
public record Column(
    String change,
    Name old,
    Name now,
    boolean nullable,
    UnaryOperator<String> up,
    UnaryOperator<String> down,
    LongFunction<String> fresh,
    LongFunction<String> freshNew,
    Optional<LongFunction<String>> wayless) {

  /** The name of one shape, and the type that its application casts to. */
  public record Name(String name, String type) {}

  public Name of(Side side) {
    return side == Side.OLD ? old : now;
  }

  /** Both shapes have one name: until it is retired an application sees the old type under it. */
  public boolean keepsName() {
    return old.name().equals(now.name());
  }

  /**
   * Two values that do not go together, and that no row has: a side that is as it was is not
   * written. Where the values of writes come again, those of negative numbers are left for this.
   */
  public Cell contradiction(LongSupplier numbers, int epoch) {
    boolean comeAgain = fresh.apply(1).equals(fresh.apply(1 + Scenario.CUSTOMERS));
    Cell one = cell(Side.OLD, comeAgain ? -1 : numbers.getAsLong(), epoch);
    Cell other = cell(Side.OLD, comeAgain ? -2 : numbers.getAsLong(), epoch);
    return new Cell(one.old(), other.now(), epoch);
  }

  /** A value that an application of one side makes up. */
  public Cell cell(Side side, long number, int epoch) {
    if (side == Side.OLD) {
      String value = fresh.apply(number);
      return new Cell(Optional.of(value), Optional.of(up.apply(value)), epoch);
    }
    String value = freshNew.apply(number);
    return new Cell(Optional.of(down.apply(value)), Optional.of(value), epoch);
  }
}
