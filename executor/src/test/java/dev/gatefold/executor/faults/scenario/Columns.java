package dev.gatefold.executor.faults.scenario;

import dev.gatefold.executor.faults.scenario.Column.Name;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The columns that scenarios are made of. */
final class Columns {

  private Columns() {}

  static Column email(String change) {
    return new Column(
        change,
        new Name("email", "text"),
        new Name("mail", "text"),
        false,
        UnaryOperator.identity(),
        UnaryOperator.identity(),
        number -> "m" + number,
        number -> "n" + number,
        Optional.empty());
  }

  /** References another table, so its values repeat. */
  static Column customer(String change) {
    return new Column(
        change,
        new Name("customer", "text"),
        new Name("buyer", "text"),
        true,
        UnaryOperator.identity(),
        UnaryOperator.identity(),
        number -> "c" + number % Scenario.CUSTOMERS,
        number -> "c" + number % Scenario.CUSTOMERS,
        Optional.empty());
  }

  /** Keeps its name, so that its application may not know which type it writes. */
  static Column total(String change) {
    Name total = new Name("total", "numeric(12,2)");
    return new Column(
        change,
        total,
        total,
        false,
        UnaryOperator.identity(),
        UnaryOperator.identity(),
        Columns::hundredths,
        Columns::hundredths,
        Optional.empty());
  }

  /** Holds more than before: such values have no way back. */
  static Column amount(String change) {
    return new Column(
        change,
        new Name("amount", "int"),
        new Name("quantity", "bigint"),
        true,
        UnaryOperator.identity(),
        UnaryOperator.identity(),
        Long::toString,
        Long::toString,
        Optional.of(number -> Long.toString(number + 5_000_000_000L)));
  }

  /** New labels say more than the old codes, which do not give it back. */
  static Column code(String change) {
    return new Column(
        change,
        new Name("code", "int"),
        new Name("label", "text"),
        true,
        code -> "L" + code,
        label -> label.replaceAll("\\D", ""),
        Long::toString,
        number -> "L" + number + "-b",
        Optional.of(number -> "none" + "-".repeat((int) (number % 50))));
  }

  /** Old prices are finer than the new ones. */
  static Column price(String change) {
    return new Column(
        change,
        new Name("price", "numeric(14,4)"),
        new Name("cents", "bigint"),
        true,
        price ->
            new BigDecimal(price).movePointRight(2).setScale(0, RoundingMode.HALF_UP).toString(),
        cents -> BigDecimal.valueOf(Long.parseLong(cents), 2).setScale(4).toString(),
        number -> BigDecimal.valueOf(number * 7, 4).toString(),
        Long::toString,
        Optional.empty());
  }

  private static String hundredths(long number) {
    return BigDecimal.valueOf(number, 2).toString();
  }
}
