package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.SyncSpec.Group;
import dev.gatefold.planner.dialect.SyncSpec.Mapped;
import dev.gatefold.planner.dialect.SyncSpec.Side;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

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

  /** What the columns on the other side make of a column. */
  static String value(Mapped column, List<Mapped> others) {
    return verbatim(column.value().value().with(number -> after(numbered(others, number).side())));
  }

  private static Mapped numbered(List<Mapped> columns, int number) {
    return columns.stream()
        .filter(column -> column.number() == number)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no column number " + number));
  }

  /** Whether the new values are the images of the old ones. */
  static String newIsUp(Group group) {
    return all(group.news(), column -> isImage(column, group.olds()));
  }

  /** Whether the old values are the images of the new ones. */
  static String oldIsDown(Group group) {
    return all(group.olds(), column -> isImage(column, group.news()));
  }

  private static String isImage(Mapped column, List<Mapped> others) {
    return Comparison.same(after(column.side()), value(column, others), column.side().type());
  }

  static String anyChanged(List<Mapped> columns) {
    return joined(columns, column -> changed(column.side()), " OR ");
  }

  static String allNull(List<Mapped> columns) {
    return all(columns, column -> after(column.side()) + " IS NULL");
  }

  /** A condition on each of the columns; of one column it stands as it is. */
  static String all(List<Mapped> columns, Function<Mapped, String> condition) {
    return joined(columns, condition, " AND ");
  }

  private static String joined(
      List<Mapped> columns, Function<Mapped, String> condition, String operator) {
    return columns.size() == 1
        ? condition.apply(columns.get(0))
        : columns.stream()
            .map(column -> "(" + condition.apply(column) + ")")
            .collect(Collectors.joining(operator));
  }
}
